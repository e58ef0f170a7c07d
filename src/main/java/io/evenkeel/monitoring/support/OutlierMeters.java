package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Row;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Measures how far out the rows are. Where traffic is like the training data, the shares below the
 * buckets' limits are the limits themselves. Thread-safe.
 */
final class OutlierMeters implements PredictionObserver, VersionListener {
  private static final double[] BUCKETS = {0.5, 0.9, 0.99, 0.999, 1};

  private final MeterRegistry registry;
  private final PerVersion<DistributionSummary> scores = new PerVersion<>();

  OutlierMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "outlier-meters";
  }

  @Override
  public void observe(PredictionEvent event) {
    List<Row> rows = event.rows();
    for (int i = 0; i < rows.size(); i++) {
      float score = rows.get(i).outlier();
      if (!Float.isNaN(score)) {
        scores.of(event.asked(), this::summary).record(score);
      }
    }
  }

  private DistributionSummary summary(ModelVersion version) {
    return DistributionSummary.builder("evenkeel.outlier.score")
        .description("The share of the training rows that lie nearer to their middle than a row")
        .tags("model", version.model(), "version", version.version())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public void gone(ModelVersion version) {
    scores.gone(version);
  }
}
