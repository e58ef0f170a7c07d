package io.evenkeel.serving;

import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who watch the traffic, each behind a guard: what one throws reaches neither the request nor
 * the others. It is counted, and the first of each observer is logged. Thread-safe.
 */
public final class Observers {
  /** Nobody. */
  public static final Observers NONE = new Observers();

  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

  private final Guarded[] observers;

  private Observers() {
    this.observers = new Guarded[0];
  }

  public Observers(List<? extends PredictionObserver> observers, MeterRegistry meters) {
    this.observers =
        observers.stream()
            .map(observer ->
                new Guarded(observer, MeterNames.observerFailures(meters, observer.name())))
            .toArray(Guarded[]::new);
  }

  void observe(Conclusion conclusion, Stopwatch stopwatch) {
    if (observers.length == 0) {
      return;
    }
    PredictionEvent event = conclusion.event(stopwatch);
    if (event != null) {
      for (Guarded observer : observers) {
        observer.observe(event);
      }
    }
  }

  /**
   * Counts what an observer, or another who watches, couldn't keep up with.
   *
   * @param observer the word for it in metrics
   */
  public static Counter dropped(MeterRegistry meters, String observer) {
    return MeterNames.observerDropped(meters, observer);
  }

  /** One observer, and whether it has failed before. */
  private static final class Guarded {
    private final PredictionObserver observer;
    private final Counter failures;
    private final AtomicBoolean told = new AtomicBoolean();

    Guarded(PredictionObserver observer, Counter failures) {
      this.observer = observer;
      this.failures = failures;
    }

    // An observer may be anybody's: whatever it throws, the request isn't to suffer.
    void observe(PredictionEvent event) {
      try {
        observer.observe(event);
      } catch (Throwable failure) {
        failures.increment();
        if (told.compareAndSet(false, true)) {
          LOG.error(
              "The observer {} failed; from now on its failures are only counted",
              observer.name(),
              failure);
        }
      }
    }
  }
}
