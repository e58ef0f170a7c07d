package io.evenkeel.monitoring.watch;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.ServerFact;
import io.evenkeel.registry.ModelVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of drift with the control state, where other servers can read it. Each server
 * keeps its own, whole or not at all. Where the control state isn't open, nothing is kept. For one
 * thread.
 */
public final class DriftStore {
  private static final Logger LOG = LoggerFactory.getLogger(DriftStore.class);
  private static final int LONGEST_NAME = 200;

  private final RouteControl control;
  private final String server;
  private final InstantSource clock;

  /** The topics of which it was told that they can't be kept. */
  private final Set<String> tooLarge = new HashSet<>();

  /**
   * @param server what tells this server from others that share the control state
   * @param clock agrees with the other servers' to within what {@code evenkeel.drift.max-age}
   *     leaves
   */
  public DriftStore(RouteControl control, String server, InstantSource clock) {
    this.control = control;
    this.server = server.length() > LONGEST_NAME ? server.substring(0, LONGEST_NAME) : server;
    this.clock = clock;
  }

  private static String topic(ModelVersion version) {
    return "drift/" + version.model() + "/" + version.version();
  }

  /** Whether what is kept can be asked for. */
  boolean isOpen() {
    return control.isOpen();
  }

  /** Keeps what this server knows, and takes what the others have kept. */
  void exchange(ModelVersion version, VersionDrift drift) {
    if (!control.isOpen()) {
      return;
    }
    String document = drift.save().json();
    if (document.length() > ServerFact.LONGEST) {
      if (tooLarge.add(topic(version))) {
        LOG.warn(
            "What is known of the drift of model {} isn't kept: it takes {} characters, and {} may"
                + " be. After a restart it is watched anew",
            version,
            document.length(),
            ServerFact.LONGEST);
      }
      return;
    }
    try {
      control.store().tell(new ServerFact(topic(version), server, clock.instant(), document));
      drift.meet(others(control.store().told(topic(version))));
    } catch (ControlStateException e) {
      LOG.warn("What is known of the drift of model {} isn't kept. {}", version, e.getMessage());
    }
  }

  /** Goes on with what this server has kept, and takes what the others have. */
  void restore(ModelVersion version, VersionDrift drift) {
    if (!control.isOpen()) {
      return;
    }
    try {
      List<ServerFact> facts = control.store().told(topic(version));
      for (ServerFact fact : facts) {
        SavedDrift own = fact.server().equals(server) ? read(fact) : null;
        if (own != null) {
          restore(version, drift, own);
        }
      }
      drift.meet(others(facts));
    } catch (ControlStateException e) {
      LOG.warn("What was known of the drift of model {} can't be read", version);
    }
  }

  private static void restore(ModelVersion version, VersionDrift drift, SavedDrift own) {
    try {
      drift.restore(own);
    } catch (IllegalArgumentException e) {
      LOG.info("The drift of model {} is watched anew: its reference is another", version);
    }
  }

  private List<FleetView.Known> others(List<ServerFact> facts) {
    List<FleetView.Known> others = new ArrayList<>();
    for (ServerFact fact : facts) {
      SavedDrift saved = fact.server().equals(server) ? null : read(fact);
      if (saved != null) {
        Duration age = Duration.between(fact.at(), clock.instant());
        others.add(
            new FleetView.Known(fact.server(), age.isNegative() ? Duration.ZERO : age, saved));
      }
    }
    return others;
  }

  private static @Nullable SavedDrift read(ServerFact fact) {
    try {
      return SavedDrift.of(fact.document());
    } catch (IllegalArgumentException e) {
      LOG.info(
          "What {} knows of {} is passed over: {}", fact.server(), fact.topic(), e.getMessage());
      return null;
    }
  }
}
