package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.security.Quotas.Entrance;
import io.evenkeel.security.SecurityProperties.Quota;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static Quota quota(long requests, Duration per, long burst, int concurrency) {
    return new Quota(List.of(), List.of(), requests, per, burst, concurrency);
  }

  private static Entrance.Exceeded exceeded(Entrance found) {
    assertThat(found).isInstanceOf(Entrance.Exceeded.class);
    return (Entrance.Exceeded) found;
  }

  private static Entrance.Admitted admitted(Entrance found) {
    assertThat(found).isInstanceOf(Entrance.Admitted.class);
    return (Entrance.Admitted) found;
  }

  @Test
  void givesEachCallerItsRateOfEachModel() {
    Quotas quotas = new Quotas(List.of(quota(2, Duration.ofHours(1), 0, 0)));
    Entrance.Admitted first = admitted(quotas.tryEnter("a", "m"));
    assertThat(first.policy()).isEqualTo("\"rate\";q=2;w=3600");
    assertThat(first.left()).matches("\"rate\";r=1;t=1800");
    assertThat(admitted(quotas.tryEnter("a", "m")).left()).startsWith("\"rate\";r=0;t=");
    Entrance.Exceeded none = exceeded(quotas.tryEnter("a", "m"));
    assertThat(none.which()).isEqualTo("rate");
    assertThat(none.left()).startsWith("\"rate\";r=0;t=");
    assertThat(none.retryAfterSeconds()).isBetween(1799L, 1800L);
    admitted(quotas.tryEnter("b", "m"));
    admitted(quotas.tryEnter("a", "n"));
  }

  @Test
  void givesBackWhatWasUnderWay() {
    Quotas quotas = new Quotas(List.of(quota(0, Duration.ofSeconds(1), 0, 2)));
    Entrance.Admitted first = admitted(quotas.tryEnter("a", "m"));
    assertThat(first.policy()).isEqualTo("\"concurrency\";q=2;qu=\"concurrent-requests\"");
    assertThat(first.left()).isEqualTo("\"concurrency\";r=1");
    Entrance.Admitted second = admitted(quotas.tryEnter("a", "m"));
    assertThat(exceeded(quotas.tryEnter("a", "m")).which()).isEqualTo("concurrency");
    first.leave();
    admitted(quotas.tryEnter("a", "m")).leave();
    second.leave();
    assertThat(admitted(quotas.tryEnter("a", "m")).left()).isEqualTo("\"concurrency\";r=1");
  }

  @Test
  void whoIsRefusedForItsRateIsNotUnderWay() {
    Quotas quotas = new Quotas(List.of(quota(1, Duration.ofHours(1), 0, 1)));
    admitted(quotas.tryEnter("a", "m")).leave();
    for (int i = 0; i < 5; i++) {
      assertThat(exceeded(quotas.tryEnter("a", "m")).which()).isEqualTo("rate");
    }
  }

  @Test
  void aBurstMayBeLargerThanTheRate() {
    Quotas quotas = new Quotas(List.of(quota(10, Duration.ofSeconds(1), 30, 0)));
    assertThat(admitted(quotas.tryEnter("a", "m")).policy()).isEqualTo("\"rate\";q=30;w=3");
  }

  @Test
  void theFirstQuotaThatIsForThemCounts() {
    Quotas quotas =
        new Quotas(
            List.of(
                new Quota(List.of("a"), List.of("m"), 1, Duration.ofHours(1), 0, 0),
                new Quota(List.of(), List.of("m"), 2, Duration.ofHours(1), 0, 0)));
    assertThat(admitted(quotas.tryEnter("a", "m")).policy()).contains("q=1");
    assertThat(admitted(quotas.tryEnter("b", "m")).policy()).contains("q=2");
    assertThat(quotas.tryEnter("a", "n")).isInstanceOf(Entrance.Free.class);
  }

  @Test
  void refusesAQuotaThatLimitsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quota(0, Duration.ofSeconds(1), 0, 0))
        .withMessageContaining("neither");
    assertThatIllegalArgumentException().isThrownBy(() -> quota(1, Duration.ZERO, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> quota(-1, Duration.ofSeconds(1), 0, 0));
  }
}
