package io.evenkeel.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinningTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"breast-cancer/1", "breast-cancer/2", "diabetes/1", "digits/1", "loan-default/1"})
  void theBundledReferencesGiveStreams(String version) {
    Reference reference = Reference.find(Path.of("models", version)).orElseThrow();

    DriftStreams streams = DriftStreams.of(reference, 0.01, 1000);

    assertThat(streams.references())
        .hasSize(reference.features().size() + reference.outputs().size() + 1);
    for (StreamReference stream : streams.references()) {
      double sum = 0;
      for (int bin = 0; bin < stream.size(); bin++) {
        sum += stream.probability(bin);
      }
      assertThat(sum).as(stream.name()).isCloseTo(1, within(1e-12));
    }
    streams
        .inputs()
        .forEach((name, binning) ->
            assertThat(binning.reference().rows()).as(name).isEqualTo(reference.rows()));
    new DriftMonitor(streams.references(), DriftSettings.standard());
  }

  @Test
  void numbersHaveTheSketchsBinsAndOneForMissing() {
    NumberBins bins =
        (NumberBins)
            Binning.ofInput(
                "x",
                new Sketch.Numeric(
                    100, 0.1, List.of(1.0, 2.0), List.of(0.5, 0.3, 0.2), 1, 1, 0, 3));

    assertThat(bins.bin(0.5)).isZero();
    assertThat(bins.bin(1)).isEqualTo(1);
    assertThat(bins.bin(Double.POSITIVE_INFINITY)).isEqualTo(2);
    assertThat(bins.bin(Double.NaN)).isEqualTo(3).isEqualTo(bins.missing());
    assertThat(bins.reference().bins())
        .containsExactly("below 1.0", "1.0 to 2.0", "from 2.0", "missing");
    assertThat(bins.reference().count(0)).isEqualTo(45);
    assertThat(bins.reference().count(3)).isEqualTo(10);
  }

  @Test
  void manyBinsAreMergedWhereTheyHoldLeast() {
    List<Double> edges = new ArrayList<>();
    List<Double> shares = new ArrayList<>(List.of(0.5));
    for (int i = 0; i < 99; i++) {
      edges.add((double) i);
      shares.add(0.5 / 99);
    }

    NumberBins bins =
        (NumberBins) Binning.ofInput("x", new Sketch.Numeric(9900, 0, edges, shares, 1, 1, -1, 99));

    assertThat(bins.reference().size()).isEqualTo(21);
    assertThat(bins.reference().count(0)).isEqualTo(4950);
    assertThat(bins.bin(98.5)).isEqualTo(19);
  }

  @Test
  void anUnknownTextIsUnseenOnlyIfAllKnownOnesAreNamed() {
    TextBins all =
        (TextBins)
            Binning.ofInput("x", new Sketch.Categorical(100, 0, Map.of("a", 0.7, "b", 0.3), 0));
    TextBins some =
        (TextBins) Binning.ofInput("x", new Sketch.Categorical(100, 0, Map.of("a", 0.7), 0.3));

    assertThat(all.bin("c")).isEqualTo(all.reference().unseen());
    assertThat(some.reference().unseen()).isEqualTo(StreamReference.NONE);
    assertThat(some.reference().bins().get(some.bin("c"))).isEqualTo("other");
    assertThat(all.bin(null)).isEqualTo(all.reference().missing());
  }

  @Test
  void rareTextsShareABin() {
    Map<String, Double> categories = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      categories.put("c" + i, i == 7 ? 0.51 : 0.01);
    }

    TextBins bins = (TextBins) Binning.ofInput("x", new Sketch.Categorical(1000, 0, categories, 0));

    assertThat(bins.reference().size()).isEqualTo(23);
    assertThat(bins.bin("c7")).isZero();
    assertThat(bins.reference().bins().get(bins.bin("c49"))).isEqualTo("other");
    assertThat(bins.bin("new")).isEqualTo(bins.reference().unseen());
  }

  @Test
  void anOutputThatNeverChangedHasABinAllTheSame() {
    Binning bins =
        Binning.ofOutput("value", new Sketch.Numeric(50, 0, List.of(), List.of(1.0), 1, 0, 1, 1));

    assertThat(bins.reference().size()).isEqualTo(2);
  }

  @Test
  void aPartOfTheDataFillsTheSameBins() {
    List<Double> edges = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      edges.add((double) i);
      shares.add(i < 20 ? 0.01 : 0.04);
    }
    shares.set(20, 0.0);
    shares.add(0.04);
    Sketch.Numeric whole = new Sketch.Numeric(10_000, 0.1, edges, shares, 1, 1, -1, 50);
    Sketch.Numeric part = new Sketch.Numeric(1000, 0.5, edges, shares.reversed(), 1, 1, -1, 50);
    NumberBins bins = (NumberBins) Binning.ofInput("x", whole);

    StreamReference same = bins.reference(whole);
    StreamReference other = bins.reference(part);

    assertThat(same.bins()).isEqualTo(other.bins()).isEqualTo(bins.reference().bins());
    assertThat(same.fingerprint()).isEqualTo(bins.reference().fingerprint());
    assertThat(other.rows()).isEqualTo(1000);
    assertThat(other.count(bins.missing())).isEqualTo(500);
    double[] expected = new double[bins.reference().size()];
    expected[bins.missing()] = 500;
    for (int i = 0; i < part.probabilities().size(); i++) {
      expected[bins.bin(i - 0.5)] += 500 * part.probabilities().get(i);
    }
    for (int bin = 0; bin < expected.length; bin++) {
      assertThat(other.count(bin)).as("bin %d", bin).isEqualTo(Math.round(expected[bin]));
    }
  }

  @Test
  void aPartOfTheTextsFillsTheSameBins() {
    TextBins bins =
        (TextBins) Binning.ofInput("x", new Sketch.Categorical(100, 0, Map.of("a", 0.7), 0.3));

    StreamReference part =
        bins.reference(new Sketch.Categorical(1000, 0.2, Map.of("a", 0.25), 0.75));

    assertThat(part.count(bins.bin("a"))).isEqualTo(200);
    assertThat(part.count(bins.bin("another"))).isEqualTo(600);
    assertThat(part.count(bins.bin(null))).isEqualTo(200);
  }
}
