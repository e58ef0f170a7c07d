package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came for a sensitive feature is never shown, by whatever rule. */
class SensitiveFeaturesTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: integer, required: false, sensitive: true, maximum: 120}
                - {name: weight, type: number, required: false, sensitive: true, maximum: 99, outOfRange: clamp}
                - {name: born, type: date, required: false, sensitive: true, minimum: 1900-01-01}
                - {name: faith, type: category, required: false, sensitive: true, values: [buddhist, hindu]}
                - {name: party, type: category, required: false, sensitive: true, values: [a], unknown: other}
                - {name: note, type: string, required: false, sensitive: true, maxLength: 4, pattern: ^a}
                - {name: ill, type: boolean, required: false, sensitive: true}
                - {name: face, type: tensor, required: false, sensitive: true, shape: [2], elements: {maximum: 9}}
                - {name: joined, type: date, required: false}
                - {name: score, type: number, required: false}
                - {name: doctor, type: string, required: false}
              rules:
                - check: born < joined
                - check: joined > born
                - check: score != age
                - check: age != score
                - {require: doctor, when: ill = true}
                - {require: doctor, when: faith = hindu}
                - {require: doctor, when: age = 77}
              """)
          .contract();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"age\": 777}",
        "{\"age\": 777.5}",
        "{\"age\": \"777\"}",
        "{\"age\": [777]}",
        "{\"age\": 777e30}",
        "{\"age\": 77, \"score\": 77, \"doctor\": \"x\"}",
        "{\"age\": 77}",
        "{\"born\": \"1777-07-07\"}",
        "{\"born\": \"7.7.77\"}",
        "{\"born\": \"1977-07-07\", \"joined\": \"1970-01-01\"}",
        "{\"faith\": \"hinduu7\"}",
        "{\"note\": \"77777\"}",
        "{\"note\": \"777\"}",
        "{\"note\": \"77\\ud800\"}",
        "{\"note\": {\"a\": 77}}",
        "{\"face\": [777, 7]}",
        "{\"face\": [7, \"777\"]}",
        "{\"face\": 777}",
        "{\"face\": [7, [777]]}"
      })
  void hidesWhatCame(String instance) {
    Row row = Rows.read(CONTRACT, instance);
    assertThat(row.violations()).isNotEmpty();
    assertThat(row.violations())
        .allSatisfy(violation -> {
          assertThat(violation.received()).isNull();
          assertThat(violation.toString()).doesNotContain("77");
        });
  }

  @Test
  void doesNotSayWhichValueMakesAnotherFeatureRequired() {
    String instance = "{\"ill\": true, \"faith\": \"hindu\", \"age\": 77}";
    Row row = Rows.read(CONTRACT, instance);
    assertThat(row.violations())
        .containsExactly(
            new Violation(
                "/instance/doctor",
                "doctor",
                "requiredIf",
                "doctor is required by a rule about ill",
                null));
  }

  @Test
  void doesNotSuggestANearCategory() {
    assertThat(Rows.read(CONTRACT, "{\"faith\": \"hindus\"}").violations())
        .extracting(Violation::expected)
        .containsExactly("one of \"buddhist\", \"hindu\"");
  }

  @Test
  void warnsWithoutTheValue() {
    Row row = Rows.read(CONTRACT, "{\"weight\": 777, \"party\": \"777\"}");
    assertThat(row.warnings()).hasSize(2);
    assertThat(row.warnings().toString()).doesNotContain("777");
  }

  @Test
  void doesNotShowAnInstanceThatCameAsText() {
    Row row = Rows.read(CONTRACT, "\"{'age': 777}\"");
    assertThat(row.violations().toString()).doesNotContain("777");
  }
}
