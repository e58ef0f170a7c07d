package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFlagsTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: age, type: number, required: false, minimum: 0, maximum: 99}
                - {name: rate, type: number, required: false, exclusiveMinimum: 0, exclusiveMaximum: 1}
                - {name: size, type: integer, required: false, values: [1, 2]}
                - {name: kind, type: category, required: false, values: [a, b]}
                - {name: note, type: string, required: false, pattern: "^x", minLength: 2, maxLength: 3}
                - {name: born, type: date, required: false, minimum: 2000-01-01}
                - {name: pixels, type: tensor, required: false, shape: [2], elements: {minimum: 0}}
                - {name: low, type: number, required: false, minimum: 5, outOfRange: clamp}
                - {name: must, type: number}
                - {name: flag, type: boolean, required: false}
              rules:
                - check: age < low
                - require: note
                  when: flag = true
              """)
          .contract();

  /** An instance that breaks one rule. */
  record Breach(String feature, String rule, String instance) {
    RuleFlags.Key key() {
      return new RuleFlags.Key(feature, rule);
    }
  }

  static List<Breach> breaches() {
    return List.of(
        new Breach("age", "minimum", "{\"must\": 1, \"age\": -1}"),
        new Breach("age", "maximum", "{\"must\": 1, \"age\": 100}"),
        new Breach("rate", "exclusiveMinimum", "{\"must\": 1, \"rate\": 0}"),
        new Breach("rate", "exclusiveMaximum", "{\"must\": 1, \"rate\": 1}"),
        new Breach("size", "values", "{\"must\": 1, \"size\": 3}"),
        new Breach("kind", "values", "{\"must\": 1, \"kind\": \"c\"}"),
        new Breach("note", "pattern", "{\"must\": 1, \"note\": \"yy\"}"),
        new Breach("note", "minLength", "{\"must\": 1, \"note\": \"x\"}"),
        new Breach("note", "maxLength", "{\"must\": 1, \"note\": \"xxxx\"}"),
        new Breach("born", "minimum", "{\"must\": 1, \"born\": \"1999-12-31\"}"),
        new Breach("pixels", "minimum", "{\"must\": 1, \"pixels\": [-1, 2]}"),
        new Breach("must", "nullable", "{\"must\": null}"),
        new Breach("must", "required", "{}"),
        new Breach("age", "check", "{\"must\": 1, \"age\": 7, \"low\": 6}"),
        new Breach("note", "requiredIf", "{\"must\": 1, \"flag\": true}"),
        new Breach("", "unknownFeature", "{\"must\": 1, \"other\": [1, {}]}"));
  }

  private static Row read(Breach breach, Enforcement mode) {
    RuleReadings readings = new RuleReadings(Map.of(breach.key(), mode));
    return readings.read(breach.instance());
  }

  /** Reads instances under flags. */
  private record RuleReadings(Map<RuleFlags.Key, Enforcement> flags) {
    Row read(String instance) {
      return Rows.read(new RowReader(CONTRACT, new RuleFlags(flags), Rows.JSON), instance, -1);
    }
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void anEnforcedRuleRefuses(Breach breach) {
    Row row = read(breach, Enforcement.ENFORCED);
    assertThat(row.violations()).extracting(Violation::rule).containsExactly(breach.rule());
    assertThat(row.monitored()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aMonitoredRuleOnlyTakesNote(Breach breach) {
    Violation enforced = read(breach, Enforcement.ENFORCED).violations().getFirst();
    Row row = read(breach, Enforcement.MONITORED);
    assertThat(row.isValid()).isTrue();
    assertThat(row.warnings()).isEmpty();
    assertThat(row.monitored())
        .extracting(Violation::feature, Violation::rule)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(enforced.feature(), enforced.rule()));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aWarnedRuleTellsTheCaller(Breach breach) {
    Row row = read(breach, Enforcement.WARNED);
    assertThat(row.isValid()).isTrue();
    assertThat(row.warnings()).extracting(Warning::rule).containsExactly(breach.rule());
    assertThat(row.warnings()).extracting(Warning::feature).containsExactly(breach.feature());
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aRuleThatIsOffIsNotThere(Breach breach) {
    Row row = read(breach, Enforcement.OFF);
    assertThat(row.isValid()).isTrue();
    assertThat(row.warnings()).isEmpty();
    assertThat(row.monitored()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void theRelaxedContractDoesNotHaveTheRule(Breach breach) {
    Contract relaxed = CONTRACT.relaxed(new RuleFlags(Map.of(breach.key(), Enforcement.MONITORED)));
    Row row = Rows.read(relaxed, breach.instance());
    assertThat(row.violations()).isEmpty();
    assertThat(relaxed.fingerprint()).isEqualTo(CONTRACT.fingerprint());
  }

  @ParameterizedTest
  @EnumSource(value = Enforcement.class, names = "ENFORCED", mode = EnumSource.Mode.EXCLUDE)
  void theValueIsUsedAsItIs(Enforcement mode) {
    RuleReadings readings =
        new RuleReadings(
            Map.of(
                new RuleFlags.Key("low", "minimum"), mode,
                new RuleFlags.Key("kind", "values"), mode,
                new RuleFlags.Key("pixels", "minimum"), mode));
    Row row = readings.read("{\"must\": 1, \"low\": 2, \"kind\": \"c\", \"pixels\": [-1, 3]}");
    assertThat(row.number(CONTRACT.slot(CONTRACT.indexOf("low")))).as("not clamped").isEqualTo(2);
    assertThat(row.text(CONTRACT.indexOf("kind"))).isEqualTo("c");
    assertThat(row.number(CONTRACT.slot(CONTRACT.indexOf("pixels")))).isEqualTo(-1);
    assertThat(row.number(CONTRACT.slot(CONTRACT.indexOf("pixels")) + 1)).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aWarnedRuleIsCountedAsAMonitoredOneIs(Breach breach) {
    assertThat(read(breach, Enforcement.WARNED).monitored())
        .isEqualTo(read(breach, Enforcement.MONITORED).monitored());
  }

  @Test
  void switchableIsWhatTheContractHas() {
    assertThat(CONTRACT.switchable())
        .containsAll(breaches().stream().map(Breach::key).toList())
        .contains(new RuleFlags.Key("low", "minimum"))
        .doesNotContain(
            new RuleFlags.Key("age", "required"),
            new RuleFlags.Key("age", "exclusiveMinimum"),
            new RuleFlags.Key("low", "maximum"),
            new RuleFlags.Key("must", "check"),
            new RuleFlags.Key("must", "type"))
        .allSatisfy(key -> assertThat(RuleFlags.SWITCHABLE).contains(key.rule()));
  }

  @Test
  void theOtherBoundOfTheSameEndStaysEnforced() {
    Contract two =
        Contracts.of("features: [{name: x, type: number, minimum: 0, exclusiveMinimum: -1}]")
            .contract();
    RowReader reader =
        new RowReader(
            two,
            new RuleFlags(Map.of(new RuleFlags.Key("x", "minimum"), Enforcement.MONITORED)),
            Rows.JSON);
    assertThat(Rows.read(reader, "{\"x\": -0.5}", -1).violations()).isEmpty();
    assertThat(Rows.read(reader, "{\"x\": -5}", -1).violations())
        .extracting(Violation::rule)
        .containsExactly("exclusiveMinimum");
  }

  @Test
  void aRowKnowsWhatItWasNotHeldTo() {
    Map<RuleFlags.Key, Enforcement> flags =
        Map.of(new RuleFlags.Key("age", "minimum"), Enforcement.OFF);
    assertThat(new RuleReadings(flags).read("{}").flags()).isEqualTo(new RuleFlags(flags));
  }

  @Test
  void noFlagLetsThroughWhatATensorCantHold() {
    RuleReadings readings =
        new RuleReadings(Map.of(new RuleFlags.Key("low", "minimum"), Enforcement.OFF));
    assertThat(readings.read("{\"must\": 1, \"low\": -1e39}").violations())
        .extracting(Violation::rule)
        .containsExactly("finite");
  }

  @Test
  void otherRulesStayEnforced() {
    RuleReadings readings =
        new RuleReadings(Map.of(new RuleFlags.Key("age", "minimum"), Enforcement.OFF));
    assertThat(readings.read("{\"must\": 1, \"age\": 100, \"rate\": 0}").violations())
        .extracting(Violation::rule)
        .containsExactly("maximum", "exclusiveMinimum");
  }
}
