package io.evenkeel.contract.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Single changes of a contract: before, after, and all that is said of them. Several sentences are
 * divided by a plus.
 */
class CompatibilityTest {
  /** The keys of the feature {@code a}, beside which there are {@code b} and {@code c}. */
  private static final String FEATURE_CHANGES =
      """
      type: number | type: number, required: false | COMPATIBLE made-optional: optional, was required
      type: number, required: false | type: number | BREAKING made-required: required, was optional
      type: number | type: number, nullable: true | COMPATIBLE null-accepted: may be null
      type: number, nullable: true | type: number | BREAKING null-refused: mustn't be null any more
      type: number, required: false | type: number, default: 1 | COMPATIBLE default-added: default 1, was none
      type: number, default: 1 | type: number, default: 2 | COMPATIBLE default-changed: default 2, was 1
      type: number, default: 1 | type: number, required: false | COMPATIBLE default-removed: no default, was 1
      type: number, default: 1 | type: number | BREAKING made-required: required, was optional + COMPATIBLE default-removed: no default, was 1
      type: number, minimum: 0 | type: number, minimum: 18 | BREAKING range-narrowed: at least 18, was at least 0
      type: number, minimum: 18 | type: number, minimum: 0 | COMPATIBLE range-widened: at least 0, was at least 18
      type: number | type: number, minimum: 0 | BREAKING range-narrowed: at least 0, was no minimum
      type: number, minimum: 0 | type: number | COMPATIBLE range-widened: no minimum, was at least 0
      type: number, maximum: 120 | type: number, maximum: 110.5 | BREAKING range-narrowed: at most 110.5, was at most 120
      type: number, maximum: 110 | type: number, maximum: 120 | COMPATIBLE range-widened: at most 120, was at most 110
      type: number | type: number, maximum: 9 | BREAKING range-narrowed: at most 9, was no maximum
      type: number, maximum: 9 | type: number | COMPATIBLE range-widened: no maximum, was at most 9
      type: number, minimum: 0 | type: number, exclusiveMinimum: 0 | BREAKING range-narrowed: greater than 0, was at least 0
      type: number, exclusiveMinimum: 0 | type: number, minimum: 0 | COMPATIBLE range-widened: at least 0, was greater than 0
      type: number, exclusiveMaximum: 5 | type: number, exclusiveMaximum: 4 | BREAKING range-narrowed: less than 4, was less than 5
      type: number, exclusiveMaximum: 4 | type: number, exclusiveMaximum: 5 | COMPATIBLE range-widened: less than 5, was less than 4
      type: integer, minimum: 1 | type: integer, exclusiveMinimum: 0 | DOCUMENTATION documentation-changed: the same range is written otherwise
      type: integer, exclusiveMaximum: 10 | type: integer, maximum: 9.5 | DOCUMENTATION documentation-changed: the same range is written otherwise
      type: integer | type: integer, maximum: 9007199254740992 | DOCUMENTATION documentation-changed: the same range is written otherwise
      type: date, minimum: 2000-01-01 | type: date, minimum: 2010-01-01 | BREAKING range-narrowed: at least 2010-01-01, was at least 2000-01-01
      type: date, maximum: 2010-01-01 | type: date, exclusiveMaximum: 2010-01-02 | DOCUMENTATION documentation-changed: the same range is written otherwise
      type: datetime, maximum: 2010-01-01T00:00:00Z | type: datetime | COMPATIBLE range-widened: no maximum, was at most 2010-01-01T00:00:00Z
      type: number, maximum: 9 | type: number, maximum: 9, outOfRange: clamp | COMPATIBLE out-of-range-accepted: outOfRange clamp, was reject
      type: number, maximum: 9 | type: number, maximum: 9, outOfRange: warn | COMPATIBLE out-of-range-accepted: outOfRange warn, was reject
      type: number, maximum: 9, outOfRange: clamp | type: number, maximum: 9 | BREAKING out-of-range-refused: outOfRange reject, was clamp
      type: number, maximum: 9, outOfRange: warn | type: number, maximum: 9 | BREAKING out-of-range-refused: outOfRange reject, was warn
      type: number, maximum: 9, outOfRange: warn | type: number, maximum: 9, outOfRange: clamp | COMPATIBLE out-of-range-treated: outOfRange clamp, was warn
      type: number, maximum: 9, outOfRange: clamp | type: number, maximum: 8, outOfRange: clamp | COMPATIBLE range-moved: no minimum and at most 8, was no minimum and at most 9
      type: number, maximum: 9, outOfRange: clamp | type: number | COMPATIBLE range-moved: no bounds, was no minimum and at most 9
      type: number | type: number, minimum: 1, outOfRange: warn | COMPATIBLE range-moved: at least 1 and no maximum, was no bounds
      type: category, values: [x, y] | type: category, values: [x] | BREAKING values-narrowed: without [y]
      type: category, values: [x] | type: category, values: [x, y] | COMPATIBLE values-widened: also [y]
      type: category, values: [x, y] | type: category, values: [y, x] | MODEL values-reordered: its values are in another order
      type: category, values: [x], unknown: other | type: category, values: [x] | BREAKING unknown-values-refused: unknown reject, was other
      type: category, values: [x] | type: category, values: [x], unknown: other | COMPATIBLE unknown-values-accepted: unknown other, was reject
      type: category, values: [x, y], unknown: other | type: category, values: [x], unknown: other | COMPATIBLE values-regrouped: [y] count as another value now
      type: category, values: [x], unknown: other | type: category, values: [x, y], unknown: other | COMPATIBLE values-regrouped: [y] don't count as another value any more
      type: integer, values: [1, 2] | type: integer, values: [2] | BREAKING values-narrowed: without [1]
      type: integer | type: integer, values: [2] | BREAKING values-narrowed: only [2], was any
      type: integer, values: [2] | type: integer | COMPATIBLE values-widened: any value, was [2]
      type: string | type: string, values: [x] | BREAKING values-narrowed: only [x], was any text
      type: string, values: [x] | type: string, maxLength: 1 | COMPATIBLE values-widened: any text that keeps the rules, was [x]
      type: string, values: [xyz] | type: string, maxLength: 1 | BREAKING values-narrowed: any text that keeps the rules, was [xyz]
      type: string, values: [x] | type: string, values: [x], maxLength: 5 | DOCUMENTATION documentation-changed: rules for free text changed, which have no effect beside `values`
      type: string | type: string, pattern: ^a | BREAKING text-narrowed: pattern ^a, was none
      type: string, pattern: ^a | type: string, pattern: ^b | BREAKING text-narrowed: pattern ^b, was ^a
      type: string, pattern: ^a | type: string | COMPATIBLE text-widened: pattern none, was ^a
      type: string | type: string, minLength: 2 | BREAKING text-narrowed: minLength 2, was 0
      type: string, minLength: 2 | type: string, minLength: 1 | COMPATIBLE text-widened: minLength 1, was 2
      type: string | type: string, maxLength: 9 | BREAKING text-narrowed: maxLength 9, was none
      type: string, maxLength: 9 | type: string, maxLength: 10 | COMPATIBLE text-widened: maxLength 10, was 9
      type: integer | type: number | COMPATIBLE type-widened: number, was integer
      type: integer, minimum: 5 | type: number, minimum: 5 | COMPATIBLE type-widened: number, was integer
      type: integer, minimum: 5 | type: number, minimum: 5.5 | COMPATIBLE type-widened: number, was integer + BREAKING range-narrowed: at least 5.5, was at least 5
      type: number | type: integer | BREAKING type-changed: integer, was number
      type: number | type: boolean | BREAKING type-changed: boolean, was number
      type: date | type: datetime | BREAKING type-changed: datetime, was date
      type: category, values: [x] | type: string | COMPATIBLE type-widened: string, was category
      type: category, values: [x, xyz] | type: string, maxLength: 2 | BREAKING type-changed: string, was category
      type: string | type: category, values: [x] | BREAKING type-changed: category, was string
      type: string | type: category, values: [x], unknown: other | COMPATIBLE type-widened: category, was string
      type: tensor, shape: [2, 2] | type: tensor, shape: [4] | BREAKING shape-changed: shape [4], was [2, 2]
      type: tensor, shape: [2], elements: {type: integer} | type: tensor, shape: [2] | COMPATIBLE type-widened: tensor of numbers, was tensor of integers
      type: tensor, shape: [2] | type: tensor, shape: [2], elements: {type: integer} | BREAKING type-changed: tensor of integers, was tensor of numbers
      type: tensor, shape: [1] | type: number | BREAKING type-changed: number, was tensor of numbers
      type: tensor, shape: [2], elements: {maximum: 16} | type: tensor, shape: [2], elements: {maximum: 15} | BREAKING range-narrowed: at most 15, was at most 16
      type: tensor, shape: [2], elements: {maximum: 16} | type: tensor, shape: [2] | COMPATIBLE range-widened: no maximum, was at most 16
      type: number | type: number, aliases: [d] | COMPATIBLE alias-added: is also taken as `d`
      type: number, aliases: [d] | type: number | BREAKING alias-removed: isn't taken as `d` any more
      type: number | type: number, deprecated: send b | COMPATIBLE feature-deprecated: deprecated: send b
      type: number, deprecated: send b | type: number | COMPATIBLE feature-no-longer-deprecated: not deprecated any more
      type: number, deprecated: send b | type: number, deprecated: send c | DOCUMENTATION documentation-changed: text of `deprecated` changed
      type: number | type: number, sensitive: true | COMPATIBLE sensitivity-changed: is sensitive; its values don't appear in errors and logs any more
      type: number, sensitive: true | type: number | COMPATIBLE sensitivity-changed: isn't sensitive any more; its values can appear in errors and logs
      type: number, unit: EUR | type: number, unit: USD | BREAKING unit-changed: unit USD, was EUR; the same number means another thing
      type: number | type: number, unit: EUR | DOCUMENTATION documentation-changed: unit added
      type: number, description: old | type: number, description: new | DOCUMENTATION documentation-changed: description changed
      type: number, example: 1 | type: number | DOCUMENTATION documentation-changed: example removed
      """;

  /** The sections of a contract whose outputs are raw. */
  private static final String CONTRACT_CHANGES =
      """
      features: [A] | features: [A, B] | BREAKING required-feature-added: added, and required; give it a `default`, or say `required: false`
      features: [A] | features: [A, {name: b, type: string, required: false}] | COMPATIBLE optional-feature-added: added, and may be left out
      features: [A] | features: [A, {name: b, type: string, default: web}] | COMPATIBLE optional-feature-added: added; web where it is left out
      features: [A, B] | features: [A] | BREAKING feature-removed: removed
      features: [A, B] | unknownFields: warn, features: [A] | COMPATIBLE feature-passed-over: removed; unknown fields are passed over, so it has no effect any more + COMPATIBLE unknown-fields-accepted: unknownFields warn, was reject
      features: [A, B] | features: [A, {name: d, type: number}] | BREAKING feature-renamed: seems to be called `d` now; add `aliases: [b]` there
      features: [A, B] | features: [A, {name: d, type: number, aliases: [b]}] | COMPATIBLE feature-renamed-with-alias: is called `d` now, and is still taken under its old name
      features: [A, {name: b, type: number, aliases: [d]}] | features: [A, {name: d, type: number}] | BREAKING feature-renamed: seems to be called `d` now; add `aliases: [b]` there
      features: [A, {name: b, type: number, aliases: [d, e]}] | features: [A, {name: e, type: number, aliases: [b]}] | COMPATIBLE feature-renamed-with-alias: is called `e` now, and is still taken under its old name + BREAKING alias-removed: isn't taken as `d` any more
      features: [A, B] | features: [{name: a, type: number, aliases: [b]}] | BREAKING features-merged: its name is one of `a` now; whoever sends both is refused + COMPATIBLE alias-added: is also taken as `b`
      features: [A, B] | features: [B, A] | MODEL features-reordered: the features are in another order
      features: [A] | unknownFields: warn, features: [A] | COMPATIBLE unknown-fields-accepted: unknownFields warn, was reject
      unknownFields: warn, features: [A] | unknownFields: ignore, features: [A] | COMPATIBLE unknown-fields-accepted: unknownFields ignore, was warn
      unknownFields: ignore, features: [A] | features: [A] | BREAKING unknown-fields-refused: unknownFields reject, was ignore
      features: [A, B] | features: [A, B], rules: [{check: a <= b}] | BREAKING rule-added: rule added: a <= b
      features: [A, B], rules: [{check: a <= b}] | features: [A, B] | COMPATIBLE rule-removed: rule removed: a <= b
      features: [A, B], rules: [{check: a < b}] | features: [A, B], rules: [{check: b >= a}] | COMPATIBLE rule-removed: rule removed: a < b + COMPATIBLE harmless-rule-added: rule added that rows of the old contract keep: b >= a
      features: [A, B], rules: [{check: a <= b}] | features: [A, B], rules: [{check: a < b}] | COMPATIBLE rule-removed: rule removed: a <= b + BREAKING rule-added: rule added: a < b
      features: [A, O], rules: [] | features: [A, O], rules: [{require: o, when: a = 1}] | BREAKING rule-added: rule added: o is required when a = 1
      features: [A, O], rules: [{require: o, when: a = 1}] | features: [A, O] | COMPATIBLE rule-removed: rule removed: o is required when a = 1
      features: [A, O], rules: [{require: o, when: a = 1}] | features: [A, O], rules: [{require: o, when: a = 2}] | COMPATIBLE rule-removed: rule removed: o is required when a = 1 + BREAKING rule-added: rule added: o is required when a = 2
      features: [A, B], rules: [] | features: [A, {name: b, type: number, required: false}], rules: [{require: b, when: a = 1}] | COMPATIBLE made-optional: optional, was required + COMPATIBLE harmless-rule-added: rule added that rows of the old contract keep: b is required when a = 1
      features: [A] | features: [A, O], rules: [{check: a < o}] | COMPATIBLE optional-feature-added: added, and may be left out + COMPATIBLE harmless-rule-added: rule added that rows of the old contract keep: a < o
      features: [A, O], rules: [{check: a < o}] | features: [A, {name: o, type: number, default: 3}], rules: [{check: a < o}] | COMPATIBLE default-added: default 3, was none + BREAKING default-meets-rule: a rule about it can refuse rows without it that were accepted
      features: [A, {name: o, type: number, default: 3}], rules: [{require: o, when: a = 1}] | features: [A, O], rules: [{require: o, when: a = 1}] | COMPATIBLE default-removed: no default, was 3 + BREAKING default-meets-rule: a rule about it can refuse rows without it that were accepted
      features: [{name: a, type: number, maximum: 5, outOfRange: clamp}, B], rules: [{check: a < b}] | features: [{name: a, type: number, maximum: 6, outOfRange: clamp}, B], rules: [{check: a < b}] | COMPATIBLE range-moved: no minimum and at most 6, was no minimum and at most 5 + BREAKING range-meets-rule: what is clamped is another value now, which a rule about it can refuse
      features: [A] | features: [A, O], rules: [{require: o, when: a = 1}] | COMPATIBLE optional-feature-added: added, and may be left out + BREAKING rule-added: rule added: o is required when a = 1
      features: [{name: a, type: number, maximum: 9}, B], rules: [{check: a > b}] | features: [{name: a, type: number, maximum: 5, outOfRange: clamp}, B], rules: [{check: a > b}] | COMPATIBLE out-of-range-accepted: outOfRange clamp, was reject + COMPATIBLE range-moved: no minimum and at most 5, was no minimum and at most 9 + BREAKING range-meets-rule: what is clamped is another value now, which a rule about it can refuse
      features: [{name: a, type: number, minimum: 1}, B], rules: [{check: a < b}] | features: [{name: a, type: number, minimum: 2, outOfRange: clamp}, B], rules: [{check: a < b}] | COMPATIBLE out-of-range-accepted: outOfRange clamp, was reject + COMPATIBLE range-moved: at least 2 and no maximum, was at least 1 and no maximum + BREAKING range-meets-rule: what is clamped is another value now, which a rule about it can refuse
      features: [{name: a, type: number, maximum: 5}, B], rules: [{check: a > b}] | features: [{name: a, type: number, maximum: 9, outOfRange: clamp}, B], rules: [{check: a > b}] | COMPATIBLE out-of-range-accepted: outOfRange clamp, was reject + COMPATIBLE range-moved: no minimum and at most 9, was no minimum and at most 5
      features: [A, {name: b, type: number}], rules: [{check: a < b}] | features: [A, {name: d, type: number, aliases: [b]}], rules: [{check: a < d}] | COMPATIBLE feature-renamed-with-alias: is called `d` now, and is still taken under its old name
      description: x, features: [A] | description: y, features: [A] | DOCUMENTATION documentation-changed: description changed
      features: [A] | deprecated: {since: 2026-12-01}, features: [A] | COMPATIBLE contract-deprecation-changed: deprecated since 2026-12-01, was not deprecated
      deprecated: {since: 2026-12-01}, features: [A] | deprecated: {since: 2026-12-01, sunset: 2027-01-01}, features: [A] | COMPATIBLE contract-deprecation-changed: deprecated since 2026-12-01 until 2027-01-01, was deprecated since 2026-12-01
      deprecated: {since: 2026-12-01}, features: [A] | deprecated: {since: 2026-12-01, message: use 2}, features: [A] | DOCUMENTATION documentation-changed: message of `deprecated` added
      features: [A], inputs: [{tensor: X, columns: [{feature: a}]}] | features: [A], inputs: [{tensor: X, columns: [{feature: a, transforms: [{minMax: {min: 0, max: 16}}]}]}] | MODEL transforms-changed: X: [{"minMax":{"min":0,"max":16}}], was X: []
      features: [A, B], inputs: [{tensor: X, columns: [{features: [a, b]}]}] | features: [A, B], inputs: [{tensor: X, columns: [{features: [b, a]}]}] | MODEL inputs-rearranged: tensors or their columns are in another order
      features: [A], degradation: [{cache: {maxAge: 1h, maxSize: 1MB}}] | features: [A] | MODEL degradation-changed: degradation [], was [cache]
      features: [A], disclosure: {explain: true, minimumGroup: 5} | features: [A], disclosure: {explain: false, minimumGroup: 5} | BREAKING explanations-refused: explain false, was true
      features: [A], disclosure: {explain: false, minimumGroup: 5} | features: [A], disclosure: {minimumGroup: 5} | COMPATIBLE explanations-allowed: explain true, was false
      features: [A] | features: [A], disclosure: {minimumGroup: 5} | COMPATIBLE reports-changed: minimumGroup 5, was 1
      features: [A], disclosure: {minimumGroup: 5} | features: [A], disclosure: {minimumGroup: 5, statistics: {epsilon: 0.5, budget: 5, per: 7d}} | COMPATIBLE reports-changed: statistics {epsilon: 0.5, budget: 5, per: 7d, every: 1d}, was none
      """;

  private static final String OUTPUT_CHANGES =
      """
      task: raw | task: regression, value: v | BREAKING task-changed: task regression, was raw
      C | task: raw | BREAKING task-changed: task raw, was classification
      C | C, labels: [x, y, z] | BREAKING label-added: label `z` added
      C, labels: [x, y, z] | C | BREAKING label-removed: label `z` removed
      C | C, labels: [y, x] | MODEL labels-reordered: labels [y, x], was [x, y]
      C | C, labels: [x, z] | BREAKING label-renamed: label `z`, was `y`
      C | C, activation: softmax | MODEL output-changed: activation softmax, was none
      C | C, activation: sigmoid | BREAKING sum-given-up: activation sigmoid, was none
      C, activation: sigmoid | C | COMPATIBLE sum-promised: activation none, was sigmoid
      C | C, label: l | MODEL output-changed: label from l, was none
      task: regression, value: v | task: regression, value: w | MODEL output-changed: value from w, was v
      C | C, nonFinite: "null" | BREAKING nulls-added: nonFinite null, was reject
      C}, disclosure: {explain: true, probabilities: full | C}, disclosure: {explain: true, probabilities: labelOnly | BREAKING probabilities-withheld: probabilities labelOnly, was full
      C}, disclosure: {explain: true, probabilities: labelOnly | C}, disclosure: {explain: true, probabilities: {digits: 2} | COMPATIBLE probabilities-disclosed: probabilities {digits: 2}, was labelOnly
      C}, disclosure: {explain: true, probabilities: full | C}, disclosure: {explain: true, probabilities: {top: 1} | BREAKING probabilities-withheld: probabilities {top: 1}, was full
      C}, disclosure: {explain: true, probabilities: full | C}, disclosure: {explain: true, probabilities: {digits: 2} | COMPATIBLE rounding-changed: probabilities {digits: 2}, was full
      C, nonFinite: "null" | C | COMPATIBLE nulls-ended: nonFinite reject, was null
      """;

  private static Stream<Arguments> table() {
    return Stream.of(
            lines(FEATURE_CHANGES, CompatibilityTest::feature),
            lines(CONTRACT_CHANGES, CompatibilityTest::sections),
            lines(OUTPUT_CHANGES, CompatibilityTest::outputs))
        .flatMap(lines -> lines);
  }

  interface Form {
    ContractFile of(String text);
  }

  private static Stream<Arguments> lines(String table, Form form) {
    return table
        .lines()
        .map(line -> line.split(" \\| ", -1))
        .map(cells -> Arguments.of(form, cells[0], cells[1], List.of(cells[2].split(" \\+ ", -1))));
  }

  private static ContractFile feature(String keys) {
    return sections("features: [{name: a, " + keys + "}, B, {name: c, type: number}]");
  }

  private static ContractFile sections(String flow) {
    String text =
        flow.replaceFirst("\\[A\\b", "[{name: a, type: number}")
            .replaceFirst("(?<=[\\[ ])A\\b", "{name: a, type: number}")
            .replaceFirst("(?<=[\\[ ])B\\b", "{name: b, type: number}")
            .replaceFirst("(?<=[\\[ ])O\\b", "{name: o, type: number, required: false}");
    return Contracts.ofDocument("{schemaVersion: 1.0.0, outputs: {task: raw}, " + text + "}");
  }

  private static ContractFile outputs(String keys) {
    String labels = keys.contains("labels:") ? "" : ", labels: [x, y]";
    String text =
        keys.startsWith("C")
            ? "task: classification, probabilities: p" + labels + keys.substring(1)
            : keys;
    return Contracts.ofDocument(
        "{schemaVersion: 1.0.0, outputs: {" + text + "}, features: [{name: a, type: number}]}");
  }

  @ParameterizedTest(name = "{1} -> {2}")
  @MethodSource("table")
  void saysWhatASingleChangeDoes(Form form, String old, String now, List<String> expected) {
    assertThat(Compatibility.between(form.of(old), form.of(now)).changes())
        .extracting(change -> change.impact() + " " + change.kind().slug() + ": " + change.words())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Compatibility.between(form.of(now), form.of(now)).changes()).isEmpty();
  }

  /** The schema's version has a test of its own. */
  @Test
  void theTableHasEachKindOfChange() {
    Set<String> slugs =
        Stream.of(FEATURE_CHANGES, CONTRACT_CHANGES, OUTPUT_CHANGES)
            .flatMap(String::lines)
            .flatMap(line -> Stream.of(line.split(" \\| ", -1)[2].split(" \\+ ", -1)))
            .map(words -> words.split("[ :]", -1)[1])
            .collect(Collectors.toSet());
    Set<ChangeKind> kinds = EnumSet.allOf(ChangeKind.class);
    kinds.removeIf(kind -> slugs.contains(kind.slug()));
    assertThat(kinds).containsExactly(ChangeKind.SCHEMA_VERSION_CHANGED);
    assertThat(table().count()).isGreaterThan(100);
  }

  @Test
  void namesFeaturesAsClientsOfTheOldContractKnowThem() {
    Compatibility renamed =
        Compatibility.between(
            sections("features: [A, B]"),
            sections("features: [A, {name: d, type: integer, aliases: [b], minimum: 1}]"));
    assertThat(renamed.changes()).extracting(Change::feature).containsOnly("b");
    assertThat(renamed.breaking())
        .extracting(Change::toString)
        .containsExactly("`b`: integer, was number");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void holdsTheVersionsAgainstTheStepThatIsNeeded(
      String keys, String version, Bump required, Bump stated, boolean unannounced) {
    Compatibility compatibility =
        Compatibility.between(feature("type: number"), versioned(version, keys));
    assertThat(compatibility.requiredBump()).isEqualTo(required);
    assertThat(compatibility.statedBump()).isEqualTo(stated);
    assertThat(compatibility.isStated()).isEqualTo(stated.covers(required));
    assertThat(compatibility.breaksUnannounced()).isEqualTo(unannounced);
  }

  private static ContractFile versioned(String version, String keys) {
    return Contracts.ofDocument(
        "{schemaVersion: "
            + version
            + ", outputs: {task: raw}, features: [{name: a, "
            + keys
            + "}, {name: b, type: number}, {name: c, type: number}]}");
  }

  private static Stream<Arguments> versions() {
    return Stream.of(
        Arguments.of("type: number", "1.0.0", Bump.NONE, Bump.NONE, false),
        Arguments.of("type: number", "1.0.1", Bump.NONE, Bump.PATCH, false),
        Arguments.of("type: number, unit: m", "1.0.1", Bump.PATCH, Bump.PATCH, false),
        Arguments.of("type: number, nullable: true", "1.0.1", Bump.MINOR, Bump.PATCH, false),
        Arguments.of("type: number, nullable: true", "1.1.0", Bump.MINOR, Bump.MINOR, false),
        Arguments.of("type: integer", "1.1.0", Bump.MAJOR, Bump.MINOR, true),
        Arguments.of("type: integer", "1.0.0", Bump.MAJOR, Bump.NONE, true),
        Arguments.of("type: integer", "0.9.0", Bump.MAJOR, Bump.NONE, true),
        Arguments.of("type: integer", "2.0.0", Bump.MAJOR, Bump.MAJOR, false));
  }

  @Test
  void stepsLeadToTheNextVersion() {
    assertThat(Stream.of(Bump.values()).map(step -> step.after("1.2.3")))
        .containsExactly("1.2.3", "1.2.4", "1.3.0", "2.0.0");
    assertThat(Bump.between("1.9.9", "1.10.0")).isEqualTo(Bump.MINOR);
  }

  @Test
  void theBundledVersionsOfAModelDifferOnlyAsModels() {
    Compatibility bundled =
        Compatibility.between(
            Contracts.ofModel("breast-cancer/1"), Contracts.ofModel("breast-cancer/2"));
    assertThat(bundled.changes())
        .isNotEmpty()
        .extracting(Change::impact)
        .containsOnly(Impact.MODEL);
    assertThat(bundled.requiredBump()).isEqualTo(Bump.NONE);
  }
}
