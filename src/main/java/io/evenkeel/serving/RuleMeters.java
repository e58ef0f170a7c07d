package io.evenkeel.serving;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts rows, and what was noticed about those that are served all the same; what refuses them
 * counts {@link ServingMeters}. For a row that is complete and keeps its contract that is one
 * counter. Thread-safe.
 */
public final class RuleMeters implements PredictionObserver, VersionListener {
  private final MeterRegistry registry;
  private final PerVersion<OfVersion> ofVersions = new PerVersion<>();

  public RuleMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "rule-meters";
  }

  @Override
  public void observe(PredictionEvent event) {
    OfVersion meters =
        ofVersions.of(event.asked(), created -> new OfVersion(registry, created, event.contract()));
    List<Row> rows = event.rows();
    for (int i = 0; i < rows.size(); i++) {
      meters.count(rows.get(i));
    }
  }

  @Override
  public void gone(ModelVersion version) {
    ofVersions.gone(version);
  }

  private static final class OfVersion {
    private final List<Feature> features;
    private final Counter valid;
    private final Counter invalid;
    private final RuleCounters monitored;
    private final RuleCounters warnings;
    private final RuleCounters imputations;

    OfVersion(MeterRegistry registry, ModelVersion version, Contract contract) {
      this.features = contract.features();
      this.valid = MeterNames.rows(registry, version, true);
      this.invalid = MeterNames.rows(registry, version, false);
      this.monitored =
          new RuleCounters(
              (feature, rule) -> MeterNames.monitored(registry, version, feature, rule));
      this.warnings =
          new RuleCounters(
              (feature, rule) -> MeterNames.warnings(registry, version, feature, rule));
      this.imputations =
          new RuleCounters(
              (feature, kind) -> MeterNames.imputations(registry, version, feature, kind));
    }

    void count(Row row) {
      (row.isValid() ? valid : invalid).increment();
      // By index: an iterator for each row that there is nothing to say of would be garbage.
      List<Violation> unenforced = row.monitored();
      for (int i = 0; i < unenforced.size(); i++) {
        monitored.increment(unenforced.get(i).feature(), unenforced.get(i).rule());
      }
      List<Warning> noticed = row.warnings();
      for (int i = 0; i < noticed.size(); i++) {
        warnings.increment(noticed.get(i).feature(), noticed.get(i).rule());
      }
      if (row.isValid() && !row.isComplete()) {
        countImputations(row);
      }
    }

    private void countImputations(Row row) {
      for (int i = 0; i < features.size(); i++) {
        if (row.isMissing(i)) {
          imputations.increment(features.get(i).name(), "imputed");
        } else if (row.isDefaulted(i)) {
          imputations.increment(features.get(i).name(), "default");
        }
      }
    }
  }
}
