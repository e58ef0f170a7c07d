package io.evenkeel.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Row;
import io.evenkeel.explain.ImportanceWatch.Standing;
import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.Servable;
import io.evenkeel.serving.spi.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are of a normal distribution around the baseline, as those of training were. */
class ImportanceWatchTest {
  private static final int WINDOW = 200;

  /** Of the absolute value of a standard normal. */
  private static final double MEAN = Math.sqrt(2 / Math.PI);

  private static final double DEVIATION = Math.sqrt(1 - 2 / Math.PI);
  private static final Prediction ANSWERED = new Prediction.Regression(1, Precision.DOUBLE);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Random random = new Random(11);
  private final ImportanceWatch watch = watch(100_000);
  private ModelRegistry registry;

  private ImportanceWatch watch(int rowsPerMinute) {
    return new ImportanceWatch(
        new ImportanceProperties(rowsPerMinute, WINDOW),
        new Bases(),
        Duration.ofSeconds(10),
        meters);
  }

  @BeforeEach
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    LinearModel.make(models, "m/1")
        .write("reference.json", LinearModel.reference(0, 0, 0, importance()))
        .seal();
    LinearModel.make(models, "unmeasured/1")
        .write("reference.json", LinearModel.reference(0, 0, 0, ""))
        .seal();
    LinearModel.make(models, "bare/1");
    registry = models.loaded();
  }

  private static String importance() {
    StringBuilder features = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      double size = Math.abs(LinearModel.COEFFICIENTS[i]);
      features.append(
          String.format(
              Locale.ROOT,
              "%s\"%s\": {\"mean\": %s, \"sd\": %s}",
              i == 0 ? "" : ", ",
              "abc".charAt(i),
              size * MEAN,
              size * DEVIATION));
    }
    return ", \"importance\": {\"rows\": 2000, \"method\": \"occlusion\", \"features\": {"
        + features
        + "}}";
  }

  @AfterEach
  void close() {
    watch.close();
    registry.close();
  }

  private void observe(String model, int rows, double spreadOfB) {
    Servable servable = LinearModel.servable(registry, model);
    List<Row> batch = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      batch.add(
          LinearModel.row(
              servable,
              random.nextGaussian(),
              spreadOfB * random.nextGaussian(),
              random.nextGaussian()));
    }
    observe(model, batch, Collections.nCopies(rows, ANSWERED));
  }

  private void observe(String model, List<Row> rows, List<@Nullable Prediction> predictions) {
    ModelVersion version = LinearModel.version(registry, model);
    watch.observe(
        Events.of(
            version,
            LinearModel.servable(registry, model).contract(),
            Endpoint.BATCH,
            rows,
            "served",
            predictions));
  }

  private @Nullable Standing standing(String model) {
    return watch.standing(LinearModel.version(registry, model));
  }

  private ImportanceReport report() {
    return requireNonNull(requireNonNull(standing("m")).last());
  }

  private double dropped() {
    return meters.get("evenkeel.observer.dropped").tag("observer", "importance").counter().count();
  }

  private double gauge(String feature) {
    return meters
        .get("evenkeel.importance.shift")
        .tags("model", "m", "version", "1", "feature", feature)
        .gauge()
        .value();
  }

  @Test
  void staysQuietAsLongAsTheSameMatters() {
    int falseWords = 0;
    for (int window = 0; window < 60; window++) {
      observe("m", WINDOW, 1);
      watch.look();
      falseWords += report().features().stream().anyMatch(report()::hasShifted) ? 1 : 0;
    }
    // One window in a thousand, and a few times as many because the values are skewed.
    assertThat(falseWords).isLessThanOrEqualTo(1);
    assertThat(report().rows()).isEqualTo(WINDOW);
    assertThat(report().features().get(1).lately().mean())
        .isBetween(3 * MEAN * 0.8, 3 * MEAN * 1.2);
    assertThat(dropped()).isZero();
  }

  @Test
  void findsTheFeatureThatMattersMore() {
    observe("m", WINDOW, 1.5);
    watch.look();

    assertThat(report().features())
        .filteredOn(report()::hasShifted)
        .extracting(ImportanceReport.OfFeature::name)
        .containsExactly("b");
    assertThat(gauge("b")).isEqualTo(report().features().get(1).statistic()).isGreaterThan(4);
    assertThat(Math.abs(gauge("a"))).isLessThan(report().bound());
  }

  @Test
  void findsTheFeatureThatMattersLess() {
    observe("m", WINDOW, 0.5);
    watch.look();

    assertThat(gauge("b")).isLessThan(-report().bound());
  }

  @Test
  void judgesFullWindowsOnly() {
    observe("m", WINDOW - 1, 1);
    watch.look();

    assertThat(standing("m")).isEqualTo(new Standing(WINDOW - 1, null));
    assertThat(gauge("a")).isNaN();
  }

  @Test
  void looksAtWhatTheVersionAnsweredOnly() {
    Servable servable = LinearModel.servable(registry, "m");
    Row row = LinearModel.row(servable, 1, 1, 1);
    List<@Nullable Prediction> predictions = new ArrayList<>();
    predictions.add(null);
    predictions.add(ANSWERED);
    observe("m", List.of(row, row), predictions);
    observe("m", List.of(row), List.of());
    watch.look();

    assertThat(standing("m")).isEqualTo(new Standing(1, null));
  }

  @Test
  void tellsWhatMattersEvenIfTrainingDidNot() {
    observe("unmeasured", WINDOW, 1);
    watch.look();

    ImportanceReport report = requireNonNull(requireNonNull(standing("unmeasured")).last());
    assertThat(report.features()).noneMatch(report::hasShifted);
    assertThat(report.bound()).isNaN();
    assertThat(report.features().get(0).lately().mean()).isBetween(1.2, 2.0);
  }

  @Test
  void passesOverAVersionWithoutReference() {
    observe("bare", 10, 1);
    watch.look();

    assertThat(standing("bare")).isNull();
    assertThat(dropped()).isZero();
  }

  @Test
  void countsWhatItChoseAndCouldNotRun() {
    observe("m", 3, 1);
    watch.look();
    ModelVersion version = LinearModel.version(registry, "m");
    Servable servable = requireNonNull(version.servable());
    Row row = LinearModel.row(servable, 1, 1, 1);
    registry.close();
    watch.observe(
        Events.of(
            version,
            servable.contract(),
            Endpoint.SINGLE,
            List.of(row),
            "served",
            List.of(ANSWERED)));
    watch.look();

    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThanItsShare() {
    try (ImportanceWatch modest = watch(5)) {
      Servable servable = LinearModel.servable(registry, "m");
      Row row = LinearModel.row(servable, 1, 1, 1);
      ModelVersion version = LinearModel.version(registry, "m");
      for (int i = 0; i < 1000; i++) {
        modest.observe(
            Events.of(
                version,
                servable.contract(),
                Endpoint.SINGLE,
                List.of(row),
                "served",
                List.of(ANSWERED)));
      }
      modest.look();

      assertThat(modest.standing(version)).isEqualTo(new Standing(5, null));
    }
  }

  @Test
  void isSwitchedOffByZero() {
    try (ImportanceWatch off = watch(0)) {
      off.start();
      Servable servable = LinearModel.servable(registry, "m");
      ModelVersion version = LinearModel.version(registry, "m");
      off.observe(
          Events.of(
              version,
              servable.contract(),
              Endpoint.SINGLE,
              List.of(LinearModel.row(servable, 1, 1, 1)),
              "served",
              List.of(ANSWERED)));
      off.look();

      assertThat(off.standing(version)).isNull();
    }
  }

  @Test
  void forgetsAVersionThatHasGone() {
    observe("m", WINDOW, 1);
    watch.look();
    watch.gone(LinearModel.version(registry, "m"));

    assertThat(standing("m")).isNull();
    assertThat(meters.find("evenkeel.importance.shift").gauges()).isEmpty();
  }
}
