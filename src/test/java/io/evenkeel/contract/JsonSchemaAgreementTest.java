package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an independent validator and our own reader about the same instances: they must judge alike,
 * but for the rules of which the schema says that it can't say them.
 */
class JsonSchemaAgreementTest {
  private static final int INSTANCES = 20_000;
  private static final int LEAST_SHARE = INSTANCES / 5;

  /** Every key that a contract can have, and rules about clamped, defaulted and renamed values. */
  private static final String EVERYTHING =
      """
      features:
        - {name: ratio, type: number, exclusiveMinimum: 0, exclusiveMaximum: 1, example: 0.5}
        - {name: half, type: number, minimum: -0.1, exclusiveMaximum: 0.3, required: false}
        - {name: huge, type: number, minimum: 1.0e30, maximum: 1.0e300, required: false}
        - {name: income, type: number, minimum: 0, maximum: 1000, outOfRange: clamp, aliases: [salary, wage]}
        - {name: floor, type: number, minimum: 10, outOfRange: clamp, required: false, nullable: true}
        - {name: hint, type: number, minimum: 5, maximum: 6, outOfRange: warn, required: false}
        - {name: visits, type: integer, minimum: 0, maximum: 9, outOfRange: clamp, default: 3}
        - {name: size, type: integer, values: [1, 2, 4, 8], nullable: true, required: false}
        - {name: count, type: integer, exclusiveMinimum: -5, maximum: 5.5, required: false}
        - {name: plain, type: integer, required: false, aliases: [simple]}
        - {name: flag, type: boolean, nullable: true}
        - {name: grade, type: category, values: [A, B, 'null', 'ä']}
        - {name: mood, type: category, values: [good, bad], unknown: other, nullable: true, required: false}
        - {name: channel, type: category, values: [web, branch], default: web, aliases: [via]}
        - {name: code, type: string, pattern: '^[A-Z]{2}-\\d{2}$', required: false, example: AB-12}
        - {name: path, type: string, pattern: 'a.c', required: false, nullable: true, example: abc}
        - {name: nick, type: string, minLength: 2, maxLength: 3, required: false, example: ab}
        - {name: kind, type: string, values: [x, yy], required: false, default: x}
        - {name: any, type: string, required: false, deprecated: leave it out}
        - {name: born, type: date, minimum: '1920-03-15', maximum: '2010-01-01', sensitive: true}
        - {name: from, type: date, exclusiveMinimum: '2020-01-31', exclusiveMaximum: '2020-03-01', required: false}
        - {name: until, type: date, minimum: '2021-01-01', maximum: '2021-12-31', outOfRange: clamp, required: false}
        - {name: seen, type: date, outOfRange: warn, minimum: '2000-01-01', required: false, nullable: true}
        - {name: at, type: datetime, minimum: '2020-01-01T00:00:00Z', required: false}
        - {name: then, type: datetime, required: false, example: '2026-11-24T08:30:00Z'}
        - {name: grid, type: tensor, shape: [2, 3], elements: {type: integer, minimum: 0, maximum: 9}, nullable: true}
        - {name: line, type: tensor, shape: [3], elements: {minimum: -1, maximum: 1}, outOfRange: clamp, nullable: true, required: false}
        - {name: cube, type: tensor, shape: [1, 2, 2], required: false, default: [[[1, 2], [3, 4]]]}
      rules:
        - check: count <= plain
        - check: from < seen
        - {require: nick, when: income = 1000}
        - {require: code, when: income = 0}
        - {require: half, when: income = 500}
        - {require: huge, when: income = 2000}
        - {require: floor, when: visits = 3}
        - {require: plain, when: channel = web}
        - {require: mood, when: flag = true}
        - {require: hint, when: until = 2021-12-31}
        - {require: size, when: until = 2021-06-01}
        - {require: seen, when: size = 4}
        - {require: grid, when: grade = A}
        - {require: any, when: ratio = 0.5}
        - {require: line, when: 'then = 2026-11-24T08:30:00Z'}
      """;

  @ParameterizedTest
  @CsvSource({"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void judgesAsTheServerDoesForEachBundledModel(String version) {
    Contract contract = Contracts.ofModel(version).contract();
    Tally tally = new Judges(contract, RuleFlags.NONE).compare(INSTANCES, version.hashCode());
    assertThat(tally.accepted).isGreaterThan(LEAST_SHARE);
    assertThat(tally.refusedByBoth).isGreaterThan(LEAST_SHARE);
  }

  @ParameterizedTest
  @EnumSource(UnknownFields.class)
  void judgesAsTheServerDoesForAContractWithEverything(UnknownFields unknown) {
    Judges judges = new Judges(everything(unknown), RuleFlags.NONE);
    // A code of four ASCII characters is well formed anyway.
    judges.further.remove("code wellFormed");
    Tally tally = judges.compare(INSTANCES, unknown.name().hashCode());
    assertThat(tally.accepted).isGreaterThan(LEAST_SHARE);
    assertThat(tally.refusedByBoth).isGreaterThan(LEAST_SHARE);
    for (int seed = 0; seed < 20 && !tally.further.equals(judges.further); seed++) {
      tally.further.addAll(judges.compare(INSTANCES / 4, seed).further);
    }
    assertThat(tally.further).as("each further check is needed").isEqualTo(judges.further);
  }

  @Test
  void judgesAsTheServerDoesWhateverIsSwitched() {
    Contract contract = everything(UnknownFields.REJECT);
    SplittableRandom random = new SplittableRandom(7);
    List<String> names = contract.names();
    List<String> rules = List.copyOf(new TreeSet<>(RuleFlags.SWITCHABLE));
    for (int round = 0; round < 10; round++) {
      Map<RuleFlags.Key, Enforcement> flags = new HashMap<>();
      for (String name : names) {
        for (String rule : rules) {
          if (random.nextInt(3) == 0) {
            flags.put(new RuleFlags.Key(name, rule), Enforcement.MONITORED);
          }
        }
      }
      flags.put(
          new RuleFlags.Key("", "unknownFeature"),
          random.nextBoolean() ? Enforcement.OFF : Enforcement.WARNED);
      Tally tally = new Judges(contract, new RuleFlags(flags)).compare(INSTANCES / 4, round);
      assertThat(tally.accepted).isPositive();
      assertThat(tally.refusedByBoth).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void theDocumentIsAValidSchemaWithValidExamples(String version) {
    String text = document(Contracts.ofModel(version).contract());
    Schema meta = registry().getSchema(com.networknt.schema.SchemaLocation.of(JsonSchema.DIALECT));
    assertThat(meta.validate(text, InputFormat.JSON)).isEmpty();
    JsonNode tree = SchemaInstances.tree(text);
    assertThat(tree.get("examples")).hasSize(1);
    assertThat(errors(registry().getSchema(text), tree.at("/examples/0"))).isEmpty();
  }

  private static Contract everything(UnknownFields unknown) {
    return Contracts.of("unknownFields: " + YamlNode.written(unknown) + "\n" + EVERYTHING)
        .contract();
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  }

  private static String document(Contract contract) {
    return JsonMapper.shared().writeValueAsString(JsonSchema.document("model", "1", contract));
  }

  private static List<com.networknt.schema.Error> errors(Schema schema, JsonNode instance) {
    return schema.validate(
        instance, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  /** How often what was said. */
  private static final class Tally {
    private int accepted;
    private int refusedByBoth;

    /** The further checks that made a difference. */
    private final Set<String> further = new TreeSet<>();
  }

  /** The schema and the reader of one contract. */
  private static final class Judges {
    private final Schema schema;
    private final JsonNode tree;
    private final RowReader reader;
    private final Set<String> further;

    Judges(Contract contract, RuleFlags flags) {
      String text = document(contract.relaxed(flags));
      this.tree = SchemaInstances.tree(text);
      this.schema = registry().getSchema(text);
      this.reader = new RowReader(contract, flags, Rows.JSON);
      this.further =
          tree.get("x-alsoChecked")
              .valueStream()
              .map(check -> key(check.path("feature").asString(""), check.get("rule").asString()))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    Tally compare(int instances, long seed) {
      Tally tally = new Tally();
      SchemaInstances source = new SchemaInstances(tree, seed);
      for (int i = 0; i < instances; i++) {
        if (compare(source.next(), tally)) {
          source.keepLast();
        }
      }
      return tally;
    }

    /** Returns whether our reader accepts the instance. */
    private boolean compare(String instance, Tally tally) {
      List<com.networknt.schema.Error> theirs = errors(schema, ExactNumbers.tree(instance));
      List<Violation> ours = Rows.read(reader, instance, -1).violations();
      if (theirs.isEmpty() && !ours.isEmpty()) {
        assertThat(ours)
            .as(instance)
            .allSatisfy(violation -> assertThat(further).contains(further(violation)));
        ours.forEach(violation -> tally.further.add(further(violation)));
      } else {
        assertThat(theirs.isEmpty()).as(instance + " " + theirs + ours).isEqualTo(ours.isEmpty());
      }
      tally.accepted += ours.isEmpty() ? 1 : 0;
      tally.refusedByBoth += theirs.isEmpty() ? 0 : 1;
      return ours.isEmpty();
    }

    private String further(Violation violation) {
      String key = key(violation.feature(), violation.rule());
      return further.contains(key) ? key : key("", violation.rule());
    }

    private static String key(String feature, String rule) {
      return feature + " " + rule;
    }
  }
}
