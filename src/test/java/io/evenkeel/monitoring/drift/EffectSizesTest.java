package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.Sketch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EffectSizesTest {
  private static final double EXACT = 1e-9;

  @Test
  void areWhatScipySays() throws IOException {
    JsonNode cases;
    try (InputStream vectors = EffectSizesTest.class.getResourceAsStream("/effect-sizes.json")) {
      cases = JsonMapper.shared().readTree(Objects.requireNonNull(vectors));
    }
    assertThat(cases.size()).isGreaterThanOrEqualTo(6);
    for (JsonNode expected : cases) {
      EffectWindow window = new EffectWindow(binning(expected), expected.path("alpha").asDouble());
      List<Double> counts = numbers(expected, "counts");
      window.add(counts.stream().mapToLong(Double::longValue).toArray());

      EffectSizes sizes = window.close().orElseThrow();

      assertThat(sizes.psi()).isCloseTo(expected.path("psi").asDouble(), within(EXACT));
      assertThat(sizes.psiThreshold())
          .isCloseTo(expected.path("psiThreshold").asDouble(), within(EXACT));
      assertThat(sizes.jensenShannon())
          .isCloseTo(expected.path("jensenShannon").asDouble(), within(EXACT));
      assertThat(sizes.wasserstein().orElseThrow())
          .isCloseTo(expected.path("wasserstein").asDouble(), within(EXACT));
      assertThat(sizes.kolmogorovSmirnov().orElseThrow())
          .isCloseTo(expected.path("kolmogorovSmirnov").asDouble(), within(EXACT));
    }
  }

  @Test
  void areNotToldOfSmallWindows() {
    EffectWindow window = new EffectWindow(texts(), 0.01);
    for (int row = 0; row < EffectWindow.FEWEST_ROWS - 1; row++) {
      window.observe(0);
    }
    assertThat(window.close()).isEmpty();

    window.observe(0);
    assertThat(window.counts()).as("windows tumble").startsWith(1L);
  }

  @Test
  void textsHaveNoOrder() {
    EffectWindow window = new EffectWindow(texts(), 0.01);
    window.add(new long[] {300, 100, 0, 0});

    EffectSizes sizes = window.close().orElseThrow();

    assertThat(sizes.psi()).isGreaterThan(sizes.psiThreshold());
    assertThat(sizes.wasserstein()).isEmpty();
    assertThat(sizes.kolmogorovSmirnov()).isEmpty();
  }

  @Test
  void thePsiThresholdIsCalibratedWhateverTheWindow() {
    SplittableRandom random = new SplittableRandom(3);
    for (int rows : new int[] {300, 3000}) {
      int above = 0;
      int windows = 1000;
      for (int i = 0; i < windows; i++) {
        Binning binning = Column.NORMAL.learn("x", 2000, random);
        // Without the bin for missing values, which stays empty, there is one degree less.
        EffectWindow window = new EffectWindow(withoutGaps(binning), 0.1);
        for (int row = 0; row < rows; row++) {
          window.observe(Column.bin(binning, random.nextGaussian()));
        }
        EffectSizes sizes = window.close().orElseThrow();
        above += sizes.psi() > sizes.psiThreshold() ? 1 : 0;
      }
      assertThat((double) above / windows).as("windows of %d rows", rows).isBetween(0.07, 0.13);
    }
  }

  private static Binning withoutGaps(Binning binning) {
    NumberBins numbers = (NumberBins) binning;
    List<Double> shares = new ArrayList<>();
    for (int bin = 0; bin < numbers.reference().values(); bin++) {
      shares.add((double) numbers.reference().count(bin) / numbers.reference().rows());
    }
    List<Double> edges = new ArrayList<>();
    for (int bin = 1; bin < shares.size(); bin++) {
      edges.add((double) bin);
    }
    return Binning.ofOutput(
        "x", new Sketch.Numeric(numbers.reference().rows(), 0, edges, shares, 0, 1, 0, 99));
  }

  private static Binning texts() {
    return Binning.ofInput("x", new Sketch.Categorical(1000, 0, Map.of("a", 0.5, "b", 0.5), 0));
  }

  private static Binning binning(JsonNode expected) {
    return Binning.ofInput(
        "x",
        new Sketch.Numeric(
            expected.path("rows").asLong(),
            expected.path("missing").asDouble(),
            numbers(expected, "edges"),
            numbers(expected, "probabilities"),
            0,
            expected.path("std").asDouble(),
            expected.path("min").asDouble(),
            expected.path("max").asDouble()));
  }

  private static List<Double> numbers(JsonNode node, String key) {
    List<Double> numbers = new ArrayList<>();
    node.path(key).forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }
}
