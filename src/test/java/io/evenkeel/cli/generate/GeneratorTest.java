package io.evenkeel.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LOANS = "loan-default/1";

  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void rowsAreAsValidAsTheySay(String version) {
    Contract contract = contract(version);
    RowReader reader = new RowReader(contract, JSON.tokenStreamFactory());
    Generator generator = generator(version, new Generator.Settings(7, 0.3, 0.2, List.of()));
    int broken = 0;
    int edges = 0;

    for (int i = 0; i < 2000; i++) {
      Generator.Generated generated = generator.next();
      Row row = read(reader, generated);
      Aim aim = generated.broken();
      if (aim == null) {
        assertThat(row.violations()).as(generated.line()).isEmpty();
        edges += generated.edge() == null ? 0 : 1;
      } else {
        broken++;
        assertThat(row.violations())
            .as(generated.line())
            .singleElement()
            .satisfies(violation -> {
              assertThat(violation.feature()).isEqualTo(aim.feature());
              assertThat(violation.rule()).isEqualTo(aim.rule());
            });
      }
    }

    assertThat(broken).isBetween(520, 680);
    assertThat(edges).isBetween(320, 480);
  }

  @Test
  void breaksEachKindOfRuleThatAContractHas() {
    Generator generator = generator(LOANS, new Generator.Settings(1, 1, 0, List.of()));

    Set<String> rules = new TreeSet<>();
    generator.breakable().forEach(aim -> rules.add(aim.rule()));

    assertThat(rules)
        .containsExactlyInAnyOrder(
            "required",
            "nullable",
            "type",
            "finite",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "values",
            "pattern",
            "minLength",
            "maxLength",
            "format",
            "wellFormed",
            "unknownFeature",
            "duplicate",
            "check",
            "requiredIf");
    assertThat(generator.breakable())
        .contains(
            new Aim("open_accounts", "check"),
            new Aim("first_credit_on", "check"),
            new Aim("date_of_birth", "check"))
        .doesNotContain(new Aim("income", "maximum"));
  }

  @Test
  void breaksTheShapeOfATensor() {
    Generator generator = generator("digits/1", new Generator.Settings(1, 1, 0, List.of()));

    assertThat(generator.breakable())
        .contains(new Aim("image", "shape"), new Aim("image", "type"), new Aim("image", "maximum"));
  }

  @Test
  void boundaryRowsStandExactlyOnTheBound() {
    Contract contract = contract(LOANS);
    RowReader reader = new RowReader(contract, JSON.tokenStreamFactory());
    Generator generator = generator(LOANS, new Generator.Settings(3, 0, 1, List.of()));
    Set<Aim> seen = new HashSet<>();

    for (int i = 0; i < 500; i++) {
      Generator.Generated generated = generator.next();
      Aim aim = Objects.requireNonNull(generated.edge());
      seen.add(aim);
      int index = contract.indexOf(aim.feature());
      Feature feature = contract.features().get(index);
      Row row = read(reader, generated);
      double value = row.number(contract.slot(index));
      switch (aim.rule()) {
        case "minimum" -> assertThat(value).isEqualTo(feature.bounds().minimum());
        case "maximum" -> assertThat(value).isEqualTo(feature.bounds().maximum());
        case "exclusiveMinimum" ->
            assertThat(value).isGreaterThan(feature.bounds().exclusiveMinimum()).isLessThan(0.1);
        case "minLength" -> assertThat(row.text(index)).hasSize(feature.text().minLength());
        case "maxLength" -> assertThat(row.text(index)).hasSize(feature.text().maxLength());
        default -> throw new AssertionError(aim);
      }
    }

    assertThat(seen)
        .contains(
            new Aim("amount", "minimum"), new Aim("date_of_birth", "maximum"),
            new Aim("job_title", "maxLength"), new Aim("utilisation", "maximum"));
  }

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherOneOthers() {
    assertThat(lines(11))
        .isEqualTo(lines(11))
        .isNotEqualTo(lines(12))
        .allMatch(line -> line.chars().allMatch(c -> c < 128));
  }

  private static List<String> lines(long seed) {
    Generator generator =
        generator(LOANS, new Generator.Settings(seed, 0.2, 0.2, List.of(Drift.parse("income=*2"))));
    return IntStream.range(0, 100).mapToObj(i -> generator.next().line()).toList();
  }

  @Test
  void rowsHaveTheDistributionsOfTheTrainingData() {
    Sample sample = sample(List.of());

    for (String name : List.of("amount", "interest_rate", "income", "utilisation", "dependants")) {
      Sketch.Numeric sketch = sketch(name);
      assertThat(sample.mean(name)).as(name).isCloseTo(sketch.mean(), within(0.15 * sketch.std()));
      assertThat(sample.missing(name)).as(name).isCloseTo(sketch.missing(), within(0.02));
    }
    assertThat(sample.missing("partner_income")).isCloseTo(0.656, within(0.03));
    assertThat(sample.share("purpose", "car")).isCloseTo(0.3025, within(0.03));
    assertThat(sample.share("has_partner", "true")).isCloseTo(0.344, within(0.03));
  }

  @Test
  void driftsAsFarAsItIsTold() {
    Sketch.Numeric income = sketch("income");
    Sample before = sample(List.of());

    Sample after =
        sample(
            List.of(
                Drift.parse("income=+0.5sd"),
                Drift.parse("interest_rate=*0.5"),
                Drift.parse("purpose:car=+0.2"),
                Drift.parse("utilisation:missing=+0.3"),
                Drift.parse("applied_on=-100")));

    assertThat(after.mean("income") - before.mean("income"))
        .isCloseTo(0.5 * income.std(), within(0.1 * income.std()));
    assertThat(after.mean("interest_rate") / before.mean("interest_rate"))
        .isCloseTo(0.5, within(0.02));
    assertThat(after.share("purpose", "car") - before.share("purpose", "car"))
        .isCloseTo(0.2, within(0.04));
    assertThat(after.missing("utilisation") - before.missing("utilisation"))
        .isCloseTo(0.3, within(0.04));
    assertThat(after.mean("amount")).isCloseTo(before.mean("amount"), within(900.0));
  }

  @Test
  void saysWhichRuleNoRowKeeps() {
    Generator generator =
        generator(
            LOANS,
            new Generator.Settings(
                1,
                0,
                0,
                List.of(Drift.parse("open_accounts=+1000"), Drift.parse("total_accounts=-1000"))));

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                generator.next();
              }
            })
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("open_accounts <= total_accounts");
  }

  /** Numbers of many rows. */
  private record Sample(int rows, Map<String, List<JsonNode>> values) {
    double missing(String feature) {
      return 1 - (double) values.getOrDefault(feature, List.of()).size() / rows;
    }

    double mean(String feature) {
      return values.getOrDefault(feature, List.of()).stream()
          .mapToDouble(JsonNode::asDouble)
          .average()
          .orElseThrow();
    }

    double share(String feature, String value) {
      List<JsonNode> all = values.getOrDefault(feature, List.of());
      return (double) all.stream().filter(one -> one.asString().equals(value)).count() / all.size();
    }
  }

  private static Sample sample(List<Drift> drifts) {
    Generator generator = generator(LOANS, new Generator.Settings(5, 0, 0, drifts));
    Map<String, List<JsonNode>> values = new HashMap<>();
    int rows = 4000;
    for (int i = 0; i < rows; i++) {
      JsonNode instance = JSON.readTree(generator.next().line()).path("instance");
      instance
          .properties()
          .forEach(member -> {
            if (!member.getValue().isNull()) {
              values
                  .computeIfAbsent(member.getKey(), key -> new ArrayList<>())
                  .add(member.getValue());
            }
          });
    }
    return new Sample(rows, values);
  }

  @Test
  void integersAndDatesAreWhole() {
    Contract contract = contract(LOANS);
    Generator generator = generator(LOANS, new Generator.Settings(2, 0, 0, List.of()));

    for (int i = 0; i < 200; i++) {
      JsonNode instance = JSON.readTree(generator.next().line()).path("instance");
      for (Feature feature : contract.features()) {
        JsonNode value = instance.path(feature.name());
        if (feature.type() == FeatureType.INTEGER && value.isNumber()) {
          assertThat(value.isIntegralNumber()).as("%s %s", feature.name(), value).isTrue();
        }
      }
    }
  }

  private static Generator generator(String version, Generator.Settings settings) {
    return new Generator(
        contract(version),
        Reference.find(Path.of("models", version)).orElseThrow(),
        settings,
        JSON.tokenStreamFactory());
  }

  private static Sketch.Numeric sketch(String feature) {
    Reference reference = Reference.find(Path.of("models", LOANS)).orElseThrow();
    return (Sketch.Numeric) Objects.requireNonNull(reference.features().get(feature));
  }

  private static Contract contract(String version) {
    try {
      return ContractFile.read(Files.readAllBytes(Path.of("models", version, "contract.yaml")))
          .contract();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row read(RowReader reader, Generator.Generated generated) {
    try (JsonParser parser = JSON.createParser(generated.instance())) {
      parser.nextToken();
      return reader.read(parser);
    }
  }
}
