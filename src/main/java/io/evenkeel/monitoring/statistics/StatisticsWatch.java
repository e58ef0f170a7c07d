package io.evenkeel.monitoring.statistics;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.PerVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import java.time.InstantSource;

/**
 * Counts the traffic of the versions whose contract says what statistics may cost, and releases the
 * counts with noise. Of other versions it keeps nothing. Thread-safe.
 *
 * <p>Rows are counted on the requests' own threads, each for itself and without waiting. A hand-off
 * would have to leave some out under load, and which ones would depend on what else came: then one
 * row more would change more counts than its own, and cost more than it is said to.
 */
public final class StatisticsWatch implements PredictionObserver, VersionListener {
  private final StatisticsStore store;
  private final InstantSource clock;
  private final PerVersion<VersionStatistics> counted = new PerVersion<>();

  /**
   * @param server what tells this server from others that share the control state
   */
  public StatisticsWatch(RouteControl control, String server, InstantSource clock) {
    this.store = new StatisticsStore(control, server);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "statistics";
  }

  @Override
  public void observe(PredictionEvent event) {
    Disclosure.Statistics costs = event.contract().disclosure().statistics();
    if (costs != null && !event.ending().predictions().isEmpty()) {
      of(event.asked(), event.contract(), costs).count(event.rows(), event.ending().predictions());
    }
  }

  private VersionStatistics of(
      ModelVersion version, Contract contract, Disclosure.Statistics costs) {
    return counted.of(
        version, one -> new VersionStatistics(one, contract, costs, store, clock.instant()));
  }

  /** Reads the bins before the first request has to. */
  @Override
  public void proved(ModelVersion version, Servable servable) {
    Contract contract = servable.contract();
    Disclosure.Statistics costs = contract.disclosure().statistics();
    if (costs != null) {
      VersionStatistics ignored = of(version, contract, costs);
    }
  }

  /**
   * What may be told of a version's traffic.
   *
   * @throws io.evenkeel.control.ControlStateException if the control state can't be had, where
   *     releases are kept and paid for
   */
  public StatisticsOutcome release(ModelVersion version) {
    Servable servable = version.servable();
    Contract contract = servable == null ? null : servable.contract();
    Disclosure.Statistics costs = contract == null ? null : contract.disclosure().statistics();
    if (contract == null || costs == null) {
      return new StatisticsOutcome.None(
          "the contract of "
              + version
              + " releases none; say in its `disclosure` what they may cost, for example"
              + " `statistics: {epsilon: 1, budget: 10, per: 30d}`");
    }
    return of(version, contract, costs).release(clock.instant());
  }

  @Override
  public void gone(ModelVersion version) {
    counted.gone(version);
  }
}
