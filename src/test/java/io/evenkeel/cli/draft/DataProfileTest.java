package io.evenkeel.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What passes over data learn. */
class DataProfileTest {
  private static final Path DRAFT = Path.of("src/test/resources/draft");
  private static final Watch NOBODY = (share, rows) -> {};

  @TempDir private Path root;

  @Test
  void sketchesAsTheTrainingScriptsDo() throws IOException {
    CsvTable table = CsvTable.open(DRAFT.resolve("wine.csv"));
    InputTensor input = new InputTensor("X", ElementType.FLOAT, List.of(13));
    Layout layout = Layout.of(table, List.of("cultivar"), List.of(input));
    DataProfile profile = new DataProfile(table, layout.slots(), List.of("cultivar"));
    profile.read(NOBODY);
    JsonNode found =
        JsonMapper.shared().valueToTree(profile.sketches(profile.features(layout), NOBODY));
    JsonNode expected =
        JsonMapper.shared()
            .readTree(Files.readString(DRAFT.resolve("wine.reference.json")))
            .path("features");

    assertThat(found.size()).isEqualTo(13);
    requireSame(expected.get("alcohol"), found.get("alcohol"));
    for (String name : found.propertyNames()) {
      String original = name.replace("od280_od315", "od280/od315");
      requireSame(expected.get(original), found.get(name));
    }
    assertThat(profile.classes()).containsExactly("class_0", "class_1", "class_2");
  }

  private static void requireSame(JsonNode expected, JsonNode found) {
    assertThat(found.propertyNames()).isEqualTo(expected.propertyNames());
    for (String list : List.of("edges", "probabilities")) {
      assertThat(found.get(list).size()).isEqualTo(expected.get(list).size());
      for (int i = 0; i < found.get(list).size(); i++) {
        assertThat(found.get(list).get(i).asDouble())
            .isCloseTo(expected.get(list).get(i).asDouble(), within(1e-12));
      }
    }
    for (String number : List.of("missing", "mean", "std", "min", "max")) {
      assertThat(found.get(number).asDouble())
          .isCloseTo(expected.get(number).asDouble(), within(1e-9));
    }
  }

  @Test
  void tellsTypesGapsAndDoubts() {
    List<FeatureDraft> features =
        features(
            """
            flag,code,born,seen,mood,weight
            true,1,2001-05-04,2024-05-04T10:00:00Z,good,80.5
            False,2,1999-01-01,2024-05-05T10:00:00+02:00,bad,
            TRUE,3,2003-01-01,2024-05-06T10:00:00Z,,70
            """);

    assertThat(features)
        .extracting(FeatureDraft::type)
        .containsExactly(
            FeatureType.BOOLEAN,
            FeatureType.INTEGER,
            FeatureType.DATE,
            FeatureType.DATETIME,
            FeatureType.CATEGORY,
            FeatureType.NUMBER);
    assertThat(features)
        .extracting(FeatureDraft::nullable)
        .containsExactly(false, false, false, false, true, true);
    assertThat(features.get(2).range()).isEqualTo(new Range("'1989-01-01'", ""));
    assertThat(features.get(4).transforms()).containsExactly("{impute: bad}", "ordinal");
    assertThat(features.get(5).transforms()).containsExactly("{impute: nan}");
    assertThat(features)
        .filteredOn(feature -> feature.doubt() != null)
        .extracting(FeatureDraft::name)
        .containsExactly("born", "seen", "mood");
  }

  @Test
  void refusesTextsOfManyValuesWhereTheGraphTakesNumbers() {
    StringBuilder csv = new StringBuilder("name\n");
    for (int i = 0; i < 2_000; i++) {
      csv.append("person ").append(i).append('\n');
    }

    assertThatThrownBy(() -> features(csv.toString()))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("the column `name` holds texts, and the graph takes numbers");
  }

  @Test
  void sketchesAColumnWithoutAnyValue() {
    CsvTable table = table("a,b\n1,\n2,NA\n");
    Layout layout = layout(table);
    DataProfile profile = new DataProfile(table, layout.slots(), List.of());
    profile.read(NOBODY);
    Map<String, Object> sketches = profile.sketches(profile.features(layout), NOBODY);
    byte[] text =
        ReferenceText.of(profile.rows(), sketches, Map.of()).getBytes(StandardCharsets.UTF_8);

    assertThat(Reference.read(text).features()).containsOnlyKeys("a", "b");
  }

  @Test
  void keepsBoundedSamplesOfLongData() {
    StringBuilder csv = new StringBuilder("x\n");
    for (int i = 0; i < 60_000; i++) {
      csv.append(i).append('\n');
    }
    CsvTable table = table(csv.toString());
    Layout layout = layout(table);
    DataProfile profile = new DataProfile(table, layout.slots(), List.of());
    profile.read(NOBODY);
    Map<String, Object> sketches = profile.sketches(profile.features(layout), NOBODY);
    JsonNode sketch = JsonMapper.shared().valueToTree(sketches.get("x"));

    assertThat(profile.rows()).isEqualTo(60_000);
    assertThat(profile.sampleRows()).hasSize(5_000);
    assertThat(sketch.get("mean").asDouble()).isCloseTo(29_999.5, within(1e-6));
    assertThat(sketch.get("max").asInt()).isEqualTo(59_999);
    // The edges are a sample's quantiles; the shares between them are counted.
    double before = 0;
    for (int i = 0; i < sketch.get("edges").size(); i++) {
      double edge = sketch.get("edges").get(i).asDouble();
      assertThat(sketch.get("probabilities").get(i).asDouble())
          .isCloseTo((edge - before) / 60_000, within(1e-9))
          .isCloseTo(1 / 15.0, within(0.02));
      before = edge;
    }
  }

  private List<FeatureDraft> features(String csv) {
    CsvTable table = table(csv);
    Layout layout = layout(table);
    DataProfile profile = new DataProfile(table, layout.slots(), List.of());
    profile.read(NOBODY);
    return profile.features(layout);
  }

  private static Layout layout(CsvTable table) {
    int columns = table.header().size();
    return Layout.of(
        table, List.of(), List.of(new InputTensor("X", ElementType.FLOAT, List.of(columns))));
  }

  private CsvTable table(String csv) {
    try {
      return CsvTable.open(Files.writeString(root.resolve("rows.csv"), csv));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
