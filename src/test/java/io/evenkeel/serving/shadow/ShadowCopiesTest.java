package io.evenkeel.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.inference.Prediction;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.spi.PredictionEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which requests are copied, and when. */
@Timeout(120)
class ShadowCopiesTest extends ShadowStage {
  @Test
  void neverWaitsForTheCandidateAndCountsWhatItCannotTake() throws Exception {
    Hold held = shadowedAndHeldBy("2");
    // From here on the shadow's thread does nothing; each call returns all the same.
    answered(IntStream.range(0, 10).mapToDouble(x -> x).toArray());
    ShadowReport report = report();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(11, 1, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.QUEUE_FULL, 10L - MAX_ROWS);
    held.released.countDown();
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(11, 1 + MAX_ROWS, 0, 0, 0));
    assertThat(counted("evenkeel.shadow.dropped", "2", "reason", "queue-full"))
        .isEqualTo(10 - MAX_ROWS);
  }

  @Test
  void copiesOfABatchWhatWasAnsweredUpToABound() {
    shadowedBy("2");
    observe(
        Endpoint.BATCH, Routing.Role.STABLE, List.of(1.0, 2.0, 3.0), Arrays.asList(2.0, null, 6.0));
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 2, 0, 0, 0));
    assertThat(report.laneSeconds().stable()).as("a batch takes longer than a row").isNull();
    List<@Nullable Double> answers = new ArrayList<>();
    IntStream.range(0, 100).forEach(x -> answers.add(2.0 * x));
    List<Double> many = IntStream.range(0, 100).mapToObj(x -> (double) x).toList();
    observe(Endpoint.BATCH, Routing.Role.STABLE, many, answers);
    ShadowReport after = settled();
    assertThat(after.rows().taken()).isEqualTo(102);
    assertThat(after.dropped())
        .containsEntry(DropReason.TOO_LARGE, 100L - Shadow.MOST_ROWS_OF_A_BATCH);
  }

  @Test
  void spreadsWhatItCopiesOverTheBatch() {
    for (int rows : new int[] {1, 32, 33, 64, 1000, 9999}) {
      int[] copied =
          IntStream.range(0, rows).filter(number -> Shadow.isSpread(number, rows)).toArray();
      assertThat(copied).hasSize(Math.min(rows, Shadow.MOST_ROWS_OF_A_BATCH));
      int widest = 0;
      for (int i = 1; i < copied.length; i++) {
        widest = Math.max(widest, copied[i] - copied[i - 1]);
      }
      assertThat(widest).isLessThanOrEqualTo(1 + rows / Shadow.MOST_ROWS_OF_A_BATCH);
    }
  }

  @Test
  void copiesOnlyWhatStableHasAnswered() {
    shadowedBy("2");
    for (Routing.Role role : Routing.Role.values()) {
      if (role != Routing.Role.STABLE) {
        observe(Endpoint.SINGLE, role, List.of(1.0), List.of(2.0));
      }
    }
    observe(Endpoint.SINGLE, Routing.Role.STABLE, List.of(1.0), List.of());
    change(route -> route.withStable("2"));
    answered(1);
    change(route -> route.withStable("1").withShadow(split("1", 100)));
    answered(1);
    change(route -> route.withShadow(split("2", 0)));
    answered(1);
    assertThat(report().rows().taken()).isZero();
    assertThat(report().verdict()).isEqualTo("Nothing was copied yet.");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void startsAndStopsWithTheRoute() throws Exception {
    assertThat(shadow.report("m")).isNull();
    answered(1);
    shadowedBy("2", 100);
    answered(2);
    ShadowReport first = settled();
    assertThat(first.rows().taken()).isEqualTo(1);
    shadowedBy("2", 99);
    assertThat(report().rows()).as("another share changes nothing").isEqualTo(first.rows());
    change(route -> route.withShadow(null));
    answered(3);
    assertThat(shadow.report("m")).isNull();
    shadowedBy("2", 100);
    assertThat(report().rows().taken()).as("it begins anew").isZero();
    answered(4, 5);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(2, 2, 0, 0, 0));
  }

  @Test
  void whatWasRoutedBeforeTheShadowBeganIsNotCopied() {
    change(route -> route.withStable("1"));
    PredictionEvent before =
        event(
            Endpoint.SINGLE,
            List.of(row(1)),
            List.of(DifferenceTest.value(2)),
            new PredictionEvent.Origin(Routing.Role.STABLE, revision, Requester.NOBODY));
    shadowedBy("2");
    shadow.observe(before);
    answered(1);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(1, 1, 0, 0, 0));
  }

  @Test
  void aRowThatIsTooLargeIsNotKept() {
    shadowedBy("2");
    Prediction large =
        new Prediction.Raw(Map.of("out", "x".repeat((int) HandOff.MOST_BYTES_OF_ONE)));
    shadow.observe(
        event(
            Endpoint.SINGLE,
            List.of(row(1)),
            List.of(large),
            new PredictionEvent.Origin(Routing.Role.STABLE, revision, Requester.NOBODY)));
    assertThat(settled().dropped()).containsEntry(DropReason.TOO_LARGE, 1L);
  }

  @Test
  void copiesNothingAfterItsEnd() throws Exception {
    shadowedBy("2");
    answered(1);
    assertThat(settled().rows().taken()).isEqualTo(1);
    shadow.close();
    answered(2);
    assertThat(report().rows().taken()).isEqualTo(1);
  }
}
