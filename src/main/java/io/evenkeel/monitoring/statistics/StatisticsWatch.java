package io.evenkeel.monitoring.statistics;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.serving.Observers;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the traffic of the versions whose contract says what statistics may cost, on a thread of
 * its own, and releases the counts with noise. Of other versions it keeps nothing. Thread-safe.
 */
public final class StatisticsWatch implements PredictionObserver, VersionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatisticsWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final StatisticsStore store;
  private final InstantSource clock;
  private final Counter dropped;
  private final Map<ModelVersion, VersionStatistics> counted = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param server what tells this server from others that share the control state
   */
  public StatisticsWatch(
      RouteControl control, String server, InstantSource clock, MeterRegistry meters) {
    this.store = new StatisticsStore(control, server);
    this.clock = clock;
    this.dropped = Observers.dropped(meters, name());
    Thread.ofPlatform().daemon().name("statistics").start(this::watch);
  }

  @Override
  public String name() {
    return "statistics";
  }

  @Override
  public void observe(PredictionEvent event) {
    Disclosure.Statistics costs = event.contract().disclosure().statistics();
    if (costs != null && !event.ending().predictions().isEmpty()) {
      of(event.asked(), event.contract(), costs).offer(event.rows(), event.ending().predictions());
    }
  }

  private VersionStatistics of(
      ModelVersion version, Contract contract, Disclosure.Statistics costs) {
    // computeIfAbsent alone may lock although there is one.
    VersionStatistics known = counted.get(version);
    return known != null
        ? known
        : counted.computeIfAbsent(
            version, one -> new VersionStatistics(one, contract, costs, store, clock.instant()));
  }

  private void watch() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        counted.values().forEach(this::look);
      }
    } catch (InterruptedException e) {
      LOG.debug("The watch ends");
    }
  }

  private void look(VersionStatistics of) {
    try {
      dropped.increment((double) of.look());
    } catch (RuntimeException e) {
      // Thrown on, it would end the watch.
      LOG.error("Counting for statistics failed because of a defect in Evenkeel", e);
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
    Disclosure.@Nullable Statistics costs =
        servable == null ? null : servable.contract().disclosure().statistics();
    if (servable == null || costs == null) {
      return new StatisticsOutcome.None(
          "the contract of "
              + version
              + " releases none; say in its `disclosure` what they may cost, for example"
              + " `statistics: {epsilon: 1, budget: 10, per: 30d}`");
    }
    VersionStatistics of = of(version, servable.contract(), costs);
    look(of);
    return of.release(clock.instant());
  }

  @Override
  public void gone(ModelVersion version) {
    counted.remove(version);
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
