package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Contracts that were changed, and clients that were written for the contract before. */
class EvolutionTest {
  private static final String FEATURES =
      """
      features:
        - {name: income, type: number, minimum: 0, aliases: [salary, wage]}
        - {name: channel, type: category, values: [branch, web], default: web}
        - {name: visits, type: integer, default: 3, nullable: true}
        - {name: pixels, type: tensor, shape: [2, 2], default: [[1, 2], [3, 4]]}
        - {name: fax, type: string, required: false, deprecated: leave it out}
      """;

  static Row read(String unknownFields, String instance) {
    Contract contract =
        Contracts.of("unknownFields: " + unknownFields + "\n" + FEATURES).contract();
    return Rows.read(contract, instance);
  }

  private static Row read(String instance) {
    return read("reject", instance);
  }

  private static double number(Row row, String feature) {
    Contract contract = Contracts.of(FEATURES).contract();
    return row.number(contract.slot(contract.indexOf(feature)));
  }

  @Test
  void takesAnEarlierNameWithAWarning() {
    Row row = read("{\"salary\": 5}");
    assertThat(row.isValid()).isTrue();
    assertThat(number(row, "income")).isEqualTo(5);
    assertThat(row.warnings())
        .containsExactly(
            new Warning(
                "/instance/salary", "income", "alias", "is called `income` now; send it as that"));
  }

  @Test
  void pointsToTheNameThatWasSent() {
    assertThat(read("{\"wage\": -1}").violations())
        .containsExactly(new Violation("/instance/wage", "income", "minimum", "at least 0", "-1"));
  }

  @Test
  void refusesAFeatureThatComesUnderTwoNames() {
    assertThat(read("{\"income\": 1, \"wage\": 1}").violations())
        .containsExactly(
            new Violation("/instance/wage", "income", "duplicate", "each feature once", null));
    assertThat(read("{\"wage\": 1, \"salary\": 1}").violations())
        .extracting(Violation::pointer)
        .containsExactly("/instance/salary");
  }

  @Test
  void givesAbsentFeaturesTheirDefaults() {
    Row row = read("{\"income\": 1}");
    assertThat(row.isValid()).isTrue();
    assertThat(row.warnings()).isEmpty();
    assertThat(row.text(1)).isEqualTo("web");
    assertThat(number(row, "channel")).isEqualTo(1);
    assertThat(number(row, "visits")).isEqualTo(3);
    assertThat(number(row, "pixels")).isEqualTo(1);
    assertThat(row.number(Contracts.of(FEATURES).contract().slot(3) + 3)).isEqualTo(4);
    assertThat(List.of(row.isDefaulted(0), row.isDefaulted(1), row.isDefaulted(4)))
        .containsExactly(false, true, false);
  }

  @Test
  void leavesAFeatureThatIsNullWithoutItsDefault() {
    Row row = read("{\"income\": 1, \"visits\": null}");
    assertThat(row.isMissing(2)).isTrue();
    assertThat(row.isDefaulted(2)).isFalse();
  }

  @Test
  void prefersWhatWasSentToTheDefault() {
    Row row = read("{\"income\": 1, \"channel\": \"branch\", \"visits\": 9}");
    assertThat(row.text(1)).isEqualTo("branch");
    assertThat(number(row, "visits")).isEqualTo(9);
  }

  @Test
  void aFeatureWithADefaultIsNeverMissingUnlessItMayBeNull() {
    List<Feature> features = Contracts.of(FEATURES).contract().features();
    assertThat(features)
        .extracting(Feature::canBeMissing)
        .containsExactly(false, false, true, false, true);
  }

  @Test
  void warnsOfADeprecatedFeature() {
    assertThat(read("{\"income\": 1, \"fax\": \"555\"}").warnings())
        .containsExactly(
            new Warning("/instance/fax", "fax", "deprecated", "is deprecated: leave it out"));
  }

  @Test
  void unknownFieldsAreRefusedOrPassedOver() {
    String instance = "{\"income\": 1, \"incme\": {\"a\": [1]}, \"visits\": 2}";
    assertThat(read("reject", instance).violations())
        .extracting(Violation::rule)
        .containsExactly("unknownFeature");
    Row warned = read("warn", instance);
    assertThat(warned.isValid()).isTrue();
    assertThat(warned.warnings())
        .containsExactly(
            new Warning(
                "/instance/incme",
                "",
                "unknownFeature",
                "is no feature of the contract and was passed over; did you mean `income`?"));
    Row ignored = read("ignore", instance);
    assertThat(ignored.isValid()).isTrue();
    assertThat(ignored.warnings()).isEmpty();
    assertThat(number(ignored, "visits")).isEqualTo(2);
  }

  @Test
  void readsWhenAContractEnds() {
    Deprecation deprecation =
        Objects.requireNonNull(
            Contracts.of(
                    "deprecated: {since: 2026-11-24, sunset: 2027-01-31, message: use 2}\n"
                        + FEATURES)
                .contract()
                .deprecation());
    assertThat(deprecation)
        .isEqualTo(new Deprecation(LocalDate.of(2026, 11, 24), LocalDate.of(2027, 1, 31), "use 2"));
    assertThat(Contracts.of(FEATURES).contract().deprecation()).isNull();
  }

  @Test
  void rowsOfContractsThatEvolvedDifferentlyAreNotTheSame() {
    Contract contract = Contracts.of(FEATURES).contract();
    Contract renamed = Contracts.of(FEATURES.replace("wage", "pay")).contract();
    Contract tolerant = Contracts.of("unknownFields: ignore\n" + FEATURES).contract();
    assertThat(contract.readsRowsAs(renamed)).isFalse();
    assertThat(contract.readsRowsAs(tolerant)).isFalse();
    assertThat(contract.readsRowsAs(Contracts.of(FEATURES).contract())).isTrue();
  }

  @Test
  void refusesWhatContradictsItself() {
    Contracts.assertRefused(
        """
        features:
          - {name: a, type: number, required: true, default: 1} # <-
        """,
        "a feature with a `default` is never required",
        "drop `required: true` or `default`");
    Contracts.assertRefused(
        """
        features:
          - {name: a, type: number, minimum: 5, default: 1} # <-
        """,
        "the default of `a` breaks the contract (minimum)",
        "it should be at least 5");
    Contracts.assertRefused(
        """
        features:
          - {name: a, type: number, nullable: true, default: null} # <-
        """,
        "null is no default",
        "say `required: false` and `nullable: true`, or give a value");
    Contracts.assertRefused(
        """
        features:
          - {name: a, type: number}
          - {name: b, type: number, aliases: [a]} # <-
        """,
        "the name `a` is taken already",
        "use another alias, or leave it out");
    Contracts.assertRefused(
        """
        features:
          - {name: a, type: number, aliases: [1a]} # <-
        """,
        "`1a` is no name for a feature",
        "use letters, digits, _, . and -, at most 128, not a digit first");
    Contracts.assertRefused(
        """
        deprecated: {since: 2026-11-24, sunset: 2026-01-01} # <-
        features:
          - {name: a, type: number}
        """,
        "`sunset` comes before `since`",
        "make `sunset` a later day");
  }
}
