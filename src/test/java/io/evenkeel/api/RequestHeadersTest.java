package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Priority;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestHeadersTest {
  private static final String OURS = "X-Deadline-Ms";
  private static final String ENVOYS = "x-envoy-expected-rq-timeout-ms";
  private static final Duration BUDGET = Duration.ofMillis(50);
  private static final long START = Long.MAX_VALUE - 1_000_000;

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void usesTheBudgetWhereTheCallerSaysNothing() {
    requireDeadline(50);
  }

  @Test
  void usesTheEarliestDeadline() {
    request.addHeader(OURS, "40");
    requireDeadline(40);
    request.addHeader(ENVOYS, "30");
    requireDeadline(30);
  }

  @Test
  void usesTheCallersEarlierOfTwo() {
    request.addHeader(OURS, "7");
    request.addHeader(ENVOYS, "30");
    requireDeadline(7);
  }

  @Test
  void neverExtendsTheBudget() {
    request.addHeader(OURS, "9999999999");
    requireDeadline(50);
  }

  @Test
  void refusesWhatIsNoDuration() {
    request.addHeader(ENVOYS, "soon");
    assertThatExceptionOfType(RefusedRequest.class)
        .isThrownBy(() -> RequestHeaders.deadline(request, BUDGET, START))
        .withMessageContaining(ENVOYS);
  }

  @Test
  void takesTheCallersRequestId() {
    assertThat(RequestHeaders.requestId(request)).isNull();
    request.addHeader(RequestHeaders.REQUEST_ID, "a".repeat(128));
    assertThat(RequestHeaders.requestId(request)).hasSize(128);
  }

  @Test
  void isOfNormalPriorityUnlessTheCallerSaysOtherwise() {
    assertThat(RequestHeaders.priority(request)).isEqualTo(Priority.NORMAL);
    for (Priority priority : Priority.values()) {
      MockHttpServletRequest saying = new MockHttpServletRequest();
      saying.addHeader("X-Priority", priority.name().toLowerCase(Locale.ROOT));
      assertThat(RequestHeaders.priority(saying)).isEqualTo(priority);
    }
  }

  @Test
  void refusesAnUnknownPriority() {
    request.addHeader("X-Priority", "urgent");
    assertThatExceptionOfType(RefusedRequest.class)
        .isThrownBy(() -> RequestHeaders.priority(request))
        .withMessageContaining("X-Priority must be critical, normal or sheddable");
  }

  private void requireDeadline(int millis) {
    assertThat(RequestHeaders.deadline(request, BUDGET, START))
        .isEqualTo(Deadline.after(Duration.ofMillis(millis), START));
  }
}
