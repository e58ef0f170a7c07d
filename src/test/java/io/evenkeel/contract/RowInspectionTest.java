package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowInspectionTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: a, type: number, maximum: 9, outOfRange: clamp}
                - {name: b, type: number, aliases: [old.b]}
              """)
          .contract();

  /** Remarks twice on each feature, and once on the row. */
  private static final RowInspection TALKATIVE =
      (row, remarks) -> {
        CONTRACT.features().forEach(feature -> remarks.remark(feature, "first", "is noticed"));
        CONTRACT.features().forEach(feature -> remarks.remark(feature, "second", "is noticed"));
        remarks.remark("whole", "is noticed too");
        return 0.25F;
      };

  @Test
  void looksAtRowsThatKeepTheirContractOnly() {
    AtomicInteger looks = new AtomicInteger();
    RowInspection counting =
        (row, remarks) -> {
          looks.incrementAndGet();
          return 0.5F;
        };

    Row broken = Rows.read(CONTRACT, counting, "{\"a\": true, \"b\": 1}", -1);
    assertThat(broken.outlier()).isNaN();
    assertThat(looks).hasValue(0);

    Row valid = Rows.read(CONTRACT, counting, "{\"a\": 1, \"b\": 1}", -1);
    assertThat(valid.outlier()).isEqualTo(0.5F);
    assertThat(looks).hasValue(1);
  }

  @Test
  void isNotNeeded() {
    assertThat(Rows.read(CONTRACT, "{\"a\": 1, \"b\": 1}").outlier()).isNaN();
  }

  @Test
  void remarksOnceOnAFeatureAndPointsToIt() {
    Row row = Rows.read(CONTRACT, TALKATIVE, "{\"a\": 1, \"b\": 1}", 7);

    assertThat(row.warnings())
        .containsExactly(
            new Warning("/instances/7/a", "a", "first", "is noticed"),
            new Warning("/instances/7/b", "b", "first", "is noticed"),
            new Warning("/instances/7", "", "whole", "is noticed too"));
  }

  @Test
  void keepsSilentAboutWhatIsOnlyMonitored() {
    RuleFlags flags =
        new RuleFlags(Map.of(new RuleFlags.Key("a", "maximum"), Enforcement.MONITORED));
    RowReader reader = new RowReader(CONTRACT, flags, Rows.JSON, TALKATIVE);

    Row row = Rows.read(reader, "{\"a\": 10, \"b\": 1}", -1);

    assertThat(row.monitored()).hasSize(1);
    assertThat(row.warnings()).extracting(Warning::feature).containsExactly("b", "");
  }

  @Test
  void leavesItToTheContractsOwnRules() {
    Row row = Rows.read(CONTRACT, TALKATIVE, "{\"a\": 10, \"old.b\": 1}", -1);

    assertThat(row.warnings())
        .extracting(Warning::pointer, Warning::rule)
        .containsExactly(
            tuple("/instance/a", "clamped"),
            tuple("/instance/old.b", "alias"),
            tuple("/instance/old.b", "first"),
            tuple("/instance", "whole"));
  }
}
