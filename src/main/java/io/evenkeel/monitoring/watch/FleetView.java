package io.evenkeel.monitoring.watch;

import io.evenkeel.monitoring.drift.DriftMonitor;
import io.evenkeel.monitoring.drift.DriftSnapshot;
import io.evenkeel.monitoring.drift.DriftState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the servers that share the control state know of a version's drift together: this one's
 * evidence as it is now, added to what the others have saved. {@link DriftState} says why that
 * keeps the promise, however old the others' parts are: a part that isn't renewed says what was won
 * by the rows up to then. Old ones are left out all the same, since they say nothing of now.
 *
 * <p>Thread-safe. Holds a monitor more, and the others' states.
 */
final class FleetView {
  private static final Logger LOG = LoggerFactory.getLogger(FleetView.class);

  private final DriftMonitor sum;
  private final int seasons;
  private List<DriftState> others = List.of();
  private volatile List<Server> servers = List.of();

  /**
   * Another server.
   *
   * @param age how long ago it has saved this
   * @param part whether it is added up, and if not, why
   */
  record Server(String name, long rows, double evidence, Duration age, Part part) {}

  /** Whether another server's evidence is added up. */
  enum Part {
    COUNTED,
    /** It is older than {@code evenkeel.drift.max-age}: the server has gone, or can't save. */
    TOO_OLD,
    /** The server holds its rows against another {@code reference.json}. */
    OF_ANOTHER_REFERENCE
  }

  /** What another server has saved. */
  record Known(String server, Duration age, SavedDrift saved) {}

  /**
   * @param sum of the same references as the own monitor, and used by nobody else
   * @param seasons tells the reference's seasons from others
   */
  FleetView(DriftMonitor sum, int seasons) {
    this.sum = sum;
    this.seasons = seasons;
  }

  /** Takes what the others have saved, instead of what was known of them. */
  synchronized void meet(List<Known> known, Duration maxAge) {
    List<DriftState> counted = new ArrayList<>();
    List<Server> met = new ArrayList<>();
    for (Known one : known) {
      DriftState state = DriftState.of(one.saved().state());
      Part part =
          one.saved().seasons() != seasons || !sum.fits(state)
              ? Part.OF_ANOTHER_REFERENCE
              : one.age().compareTo(maxAge) > 0 ? Part.TOO_OLD : Part.COUNTED;
      if (part == Part.COUNTED) {
        counted.add(state);
      }
      met.add(
          new Server(one.server(), one.saved().rows(), one.saved().evidence(), one.age(), part));
    }
    others = List.copyOf(counted);
    servers = List.copyOf(met);
  }

  /** The others that have saved something of this version. */
  List<Server> servers() {
    return servers;
  }

  /** How many servers' evidence is added up, this one's included. */
  synchronized int size() {
    return 1 + others.size();
  }

  /** What is known together. */
  synchronized DriftSnapshot with(DriftState own) {
    List<DriftState> all = new ArrayList<>(others);
    all.add(own);
    try {
      sum.replaceBy(all);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "What other servers know of drift is damaged, and is left out until they save again");
      others = List.of();
      sum.replaceBy(List.of(own));
    }
    return sum.snapshot();
  }
}
