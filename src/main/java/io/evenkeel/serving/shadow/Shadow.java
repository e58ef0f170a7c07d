package io.evenkeel.serving.shadow;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Lease;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.registry.VersionListener;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Shadowing;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.evenkeel.serving.spi.ShadowObserver;
import io.evenkeel.serving.spi.ShadowedRow;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets candidates answer copies of requests that the stable versions have answered, and compares.
 * Of whom copies are taken, his routing key decides. Copies are handed to one thread of low
 * priority; what it can't take is counted, and nobody waits for it. Thread-safe. A request of a
 * model without a shadow costs a look into a map.
 *
 * <p>Copied are the requests that stable answers as such: none that named their version or are
 * pinned to it, and none of a canary's.
 */
public final class Shadow implements PredictionObserver, VersionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);

  /** How many rows of a batch are copied at most. */
  static final int MOST_ROWS_OF_A_BATCH = 32;

  /** A run isn't left alone with native memory that is about to be freed. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Router router;
  private final Settings settings;
  private final List<ShadowObserver> observers;
  private final InstantSource clock;
  private final Comparisons comparisons;
  private final HandOff waiting;

  @SuppressWarnings("ThreadPriorityCheck") // a hint, no more: bounds are what protects requests
  private final Thread thread =
      Thread.ofPlatform()
          .name("shadow")
          .daemon()
          .priority(Thread.MIN_PRIORITY)
          .unstarted(this::run);

  private volatile boolean closed;

  /** By the thread only: the comparison whose first failure was logged. */
  private @Nullable Comparison complainedOf;

  private boolean observerComplained;

  /**
   * How copies are treated.
   *
   * @param budget in which candidates have to answer
   */
  public record Settings(ShadowProperties properties, LatencyBudget budget) {}

  /**
   * @param observers who is told of each result
   */
  public Shadow(
      Router router,
      Settings settings,
      List<ShadowObserver> observers,
      MeterRegistry meters,
      InstantSource clock) {
    this.router = router;
    this.settings = settings;
    this.observers = List.copyOf(observers);
    this.clock = clock;
    this.comparisons = new Comparisons(router, meters, clock);
    this.waiting = new HandOff(settings.properties().maxRows());
    thread.start();
  }

  @Override
  public String name() {
    return "shadow";
  }

  @Override
  public void observe(PredictionEvent event) {
    Shadowing shadowing = router.shadowing(event.asked().model());
    if (shadowing != null
        && !closed
        && event.origin().role() == Routing.Role.STABLE
        && event.origin().revision() >= shadowing.since()
        && !event.ending().predictions().isEmpty()
        && shadowing.takes(event.origin().requester())
        && isStable(event.asked(), shadowing)) {
      copy(event, comparisons.of(shadowing, event.asked(), event.contract()));
    }
  }

  /** Not if it was replaced meanwhile; and a version isn't compared with itself. */
  @SuppressWarnings("ReferenceEquality") // another load of it is another version
  private boolean isStable(ModelVersion asked, Shadowing shadowing) {
    return router.stable(asked.model()) == asked && !asked.version().equals(shadowing.version());
  }

  private void copy(PredictionEvent event, Comparison comparison) {
    List<@Nullable Prediction> predictions = event.ending().predictions();
    long answered = predictions.stream().filter(Objects::nonNull).count();
    boolean single = event.endpoint() == Endpoint.SINGLE;
    String key = event.origin().requester().routingKey();
    long number = 0;
    for (int i = 0; i < predictions.size(); i++) {
      Prediction prediction = predictions.get(i);
      if (prediction == null) {
        continue;
      }
      comparison.take();
      DropReason refused = DropReason.TOO_LARGE;
      if (isSpread(number++, answered)) {
        Row row = event.rows().get(i);
        refused =
            waiting.offer(
                new Copy(comparison, key, row, prediction, single, event.ending().laneMicros()));
      }
      if (refused != null) {
        comparison.drop(refused);
      }
    }
  }

  /** Whether a row of a batch is among those that are copied, which are spread evenly over it. */
  static boolean isSpread(long number, long rows) {
    return rows <= MOST_ROWS_OF_A_BATCH
        || number * MOST_ROWS_OF_A_BATCH % rows < MOST_ROWS_OF_A_BATCH;
  }

  private void run() {
    while (!closed) {
      try {
        tryOut(waiting.take());
      } catch (InterruptedException e) {
        LOG.debug("The server stops; copies that wait are left");
      } catch (RuntimeException | Error e) {
        // Thrown on, it would end the thread, and with it the copies of all models.
        LOG.error("A copy could not be compared because of a defect in Evenkeel", e);
      }
    }
  }

  private void tryOut(Copy copy) {
    Comparison comparison = copy.comparison();
    Pairing pairing = comparison.pairing();
    ModelVersion candidate = pairing.candidate();
    if (!comparisons.isCurrent(comparison)) {
      comparison.drop(DropReason.OUTDATED);
      return;
    }
    Servable servable = candidate == null ? null : candidate.servable();
    if (candidate == null || servable == null) {
      comparison.drop(DropReason.NOT_READY);
      return;
    }
    switch (tryWith(servable, copy)) {
      case Trial.Refused refused -> comparison.drop(refused.reason());
      case Trial.Failed failed -> fail(copy, candidate, failed);
      case Trial.Answered answered -> compare(copy, candidate, answered);
    }
  }

  @SuppressWarnings("ReferenceEquality") // another load of it is another version
  private Trial tryWith(Servable servable, Copy copy) {
    Comparison comparison = copy.comparison();
    if (servable.contract() != comparison.pairing().candidateContract()) {
      return new Trial.Refused(DropReason.OUTDATED);
    }
    try (Lease lease = servable.tryLease()) {
      if (lease == null) {
        return new Trial.Refused(DropReason.NOT_READY);
      }
      return comparison.readsAlike(copy.row().flags(), servable.contractInForce())
          ? Trial.of(servable, copy.row(), settings.budget())
          : new Trial.Refused(DropReason.OTHER_CONTRACT);
    } catch (RuntimeException e) {
      return new Trial.Failed(false, e.toString(), 0);
    }
  }

  private void fail(Copy copy, ModelVersion candidate, Trial.Failed failed) {
    Comparison comparison = copy.comparison();
    if (comparison != complainedOf) {
      complainedOf = comparison;
      LOG.warn(
          "Model {} gave no answer as a shadow; from now on that is only counted: {}",
          candidate,
          failed.cause());
    }
    ShadowedRow.Result result = ShadowedRow.Result.FAILED;
    ShadowedRow row = row(copy, candidate, result, Double.NaN, failed.laneNanos());
    comparison.addFailure(row, failed.late());
    tell(row);
  }

  private void compare(Copy copy, ModelVersion candidate, Trial.Answered answered) {
    Prediction answer = answered.prediction();
    Difference difference =
        Difference.between(copy.prediction(), answer, settings.properties().tolerance());
    ShadowedRow.Result result =
        difference.agrees() ? ShadowedRow.Result.AGREE : ShadowedRow.Result.DIFFER;
    ShadowedRow row = row(copy, candidate, result, difference.distance(), answered.laneNanos());
    copy.comparison().add(copy, answer, difference, row);
    tell(row);
  }

  private static ShadowedRow row(
      Copy copy,
      ModelVersion candidate,
      ShadowedRow.Result result,
      double distance,
      long laneNanos) {
    ModelVersion stable = copy.comparison().pairing().stable();
    return new ShadowedRow(stable, candidate, copy.routingKey(), result, distance, laneNanos);
  }

  private void tell(ShadowedRow row) {
    for (ShadowObserver observer : observers) {
      try {
        observer.compared(row);
      } catch (RuntimeException e) {
        if (!observerComplained) {
          observerComplained = true;
          LOG.error("Somebody who is told of shadows failed; that isn't said again", e);
        }
      }
    }
  }

  /** How a model's shadow compares; null where it has none. */
  public @Nullable ShadowReport report(String model) {
    Shadowing shadowing = router.shadowing(model);
    if (shadowing == null) {
      return null;
    }
    Comparison comparison = comparisons.find(shadowing);
    return comparison == null
        ? ShadowReport.nothing(shadowing, clock.instant())
        : comparison.report(shadowing, clock.instant());
  }

  @Override
  public void changed() {
    comparisons.prune();
  }

  /** Ends the thread; copies that wait are left. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (!thread.join(LONGEST_END)) {
        LOG.warn("A shadow still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
