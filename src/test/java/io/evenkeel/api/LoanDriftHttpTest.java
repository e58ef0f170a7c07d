package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * On {@code loan-default}, with its reference of 24,000 rows and the standard threshold: what is
 * planted is found as soon as docs/drift.md says, through HTTP, and what is the same raises
 * nothing.
 */
@ServingTest
@ContextConfiguration(initializers = LoanDriftModels.class)
@DirtiesContext
class LoanDriftHttpTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoanDriftHttpTest.class);
  private static final int BEFORE = 400;

  /** What the median of few runs may be, for a promised median of 1. */
  private static final double LEEWAY = 1.6;

  private final Caller caller;

  LoanDriftHttpTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void theSameRowsRaiseNoAlarm() {
    DriftRun run = new DriftRun(caller, "loan-default", 1, new LoanApplications(1)::next);
    JsonNode drift = run.send(500, row -> {});
    for (int more = 0; more < 23; more++) {
      drift = run.send(500, row -> {});
      assertThat(drift.get("level").asString()).as("%s", drift).isEqualTo("calm");
    }
    assertThat(drift.at("/alarms/inform").longValue()).isZero();
    assertThat(drift.at("/effects/amount/psi").doubleValue())
        .isLessThan(drift.at("/effects/amount/psiByChance").doubleValue());
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsPlantedAndWhere(PlantedDrift planted) {
    List<DriftRun.Found> runs =
        IntStream.range(0, CopiedModels.RUNS)
            .parallel()
            .mapToObj(run -> find(planted, LoanDriftModels.version(planted, run)))
            .toList();
    List<Integer> delays = runs.stream().map(DriftRun.Found::rows).sorted().toList();
    LOG.info("loan-default, {}: found after {}", planted.words, delays);

    assertThat(runs).extracting(DriftRun.Found::cause).containsOnly(planted.feature);
    assertThat((double) delays.get(delays.size() / 2))
        .as("median of %s", delays)
        .isLessThan(LEEWAY * planted.rows);
  }

  private DriftRun.Found find(PlantedDrift planted, int version) {
    LoanApplications applications = new LoanApplications(version);
    Random random = new Random(version);
    Supplier<Map<String, @Nullable Object>> rows =
        planted == PlantedDrift.MISSING
            ? () -> withFewGaps(applications.next(), random)
            : applications::next;
    DriftRun run = new DriftRun(caller, "loan-default", version, rows);
    JsonNode before = run.send(BEFORE, row -> {});
    assertThat(before.get("level").asString()).as("%s", before).isEqualTo("calm");
    return run.find(row -> planted.change(row, random));
  }

  /** Leaves a gap in 1 % of the rows, of the 3 % that have one. */
  private static Map<String, @Nullable Object> withFewGaps(
      Map<String, @Nullable Object> row, Random random) {
    if (row.get("housing") == null && random.nextInt(3) > 0) {
      double kind = random.nextDouble();
      row.put("housing", kind < 0.5 ? "rent" : kind < 0.85 ? "mortgage" : "own");
    }
    return row;
  }
}
