package io.evenkeel.serving.shadow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Requester;
import io.evenkeel.serving.spi.ShadowedRow;
import io.evenkeel.serving.spi.ShadowedRow.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the copies: what is found by them, and which are not tried. */
@Timeout(120)
class ShadowTest extends ShadowStage {
  @Test
  void comparesAnEqualCandidate() throws Exception {
    shadowedBy("2");
    answered(1, 2, 3);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 3, 0, 0, 0));
    assertThat(report.answers().measure()).isEqualTo(ShadowReport.Measure.RELATIVE_DIFFERENCE);
    assertThat(requireNonNull(report.answers().distance()).max()).isZero();
    assertThat(requireNonNull(report.pair()).stable()).isEqualTo("1");
    assertThat(requireNonNull(report.laneSeconds().stable()).p50()).isEqualTo(0.002);
    assertThat(requireNonNull(report.laneSeconds().candidate()).p50()).isPositive();
    assertThat(report.verdict())
        .startsWith("Too early to tell. Version 2 agrees with version 1 on 100.00 % of 3 rows");
    ShadowedRow row = requireNonNull(told.poll(60, TimeUnit.SECONDS));
    assertThat(row.stable()).isSameAs(version("1"));
    assertThat(row.candidate()).isSameAs(version("2"));
    assertThat(row.routingKey()).isEqualTo(Requester.NOBODY.routingKey());
    assertThat(row.result()).isEqualTo(Result.AGREE);
    assertThat(row.distance()).isZero();
    assertThat(row.laneNanos()).isPositive();
    assertThat(counted("evenkeel.shadow.rows", "2", "result", "agree")).isEqualTo(3);
  }

  @Test
  void findsOneThatDiffers() throws Exception {
    shadowedBy("3");
    answered(1, 2, 0);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 1, 2, 0, 0));
    // 4x to 2x: half of the larger one, but where both are 0.
    assertThat(requireNonNull(report.answers().distance()).max()).isEqualTo(0.5);
    assertThat(requireNonNull(report.answers().distance()).mean()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(requireNonNull(report.answers().absolute()).max()).isEqualTo(4);
    assertThat(requireNonNull(report.answers().agreement()).share())
        .isCloseTo(1 / 3.0, within(1e-9));
    next(Result.DIFFER);
    next(Result.DIFFER);
    next(Result.AGREE);
    assertThat(counted("evenkeel.shadow.rows", "3", "result", "differ")).isEqualTo(2);
    assertThat(meters.get("evenkeel.shadow.distance").tags("version", "3").summary().totalAmount())
        .isEqualTo(1);
    assertThat(meters.get("evenkeel.shadow").tags("version", "3").timer().count()).isEqualTo(3);
  }

  @Test
  void countsWhereTheCandidateFails() throws Exception {
    shadowedBy("3");
    // Four times 333 is no more than twice 666, on which the graph fails.
    answered(333, 1);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 1, 1, 0));
    assertThat(report.verdict()).contains("It gave no answer to 1 of 2, to 0 of them");
    next(Result.FAILED);
    next(Result.DIFFER);
    assertThat(counted("evenkeel.shadow.rows", "3", "result", "failed")).isEqualTo(1);
  }

  @Test
  void dropsCopiesThatTheCandidateWouldReadOtherwise() {
    shadowedBy("4");
    answered(1, 2);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.OTHER_CONTRACT, 2L);
    assertThat(report.verdict())
        .isEqualTo(
            "No answers were compared yet. Of 2 copies 2 were not tried, 2 of them because of"
                + " other-contract.");
    assertThat(counted("evenkeel.shadow.dropped", "4", "reason", "other-contract")).isEqualTo(2);
  }

  @Test
  void copiesThatWaitedWhileTheRouteChangedAreNotTried() throws Exception {
    Hold held = shadowedAndHeldBy("2");
    answered(2, 3);
    shadowedBy("3");
    held.released.countDown();
    answered(4);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(1, 0, 1, 0, 0));
    next(Result.AGREE);
    next(Result.DIFFER);
    assertThat(counted("evenkeel.shadow.dropped", "2", "reason", "outdated")).isEqualTo(2);
  }

  @Test
  void aCandidateThatGoesAwayTakesNoCopies() throws Exception {
    Hold held = shadowedAndHeldBy("2");
    answered(2, 3);
    registry.close();
    held.released.countDown();
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 1, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.NOT_READY, 2L);
    assertThat(version("2").state()).isEqualTo(ModelVersion.State.RETIRED);
  }

  @Test
  void aCandidateThatCanNotBeInTimeIsNotTried() {
    shadow.close();
    shadow = shadow(List.of(), Duration.ofNanos(1));
    shadowedBy("2");
    answered(1, 2);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.SHED, 2L);
  }
}
