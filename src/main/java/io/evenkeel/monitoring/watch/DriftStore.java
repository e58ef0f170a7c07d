package io.evenkeel.monitoring.watch;

import io.evenkeel.control.ControlStateException;
import io.evenkeel.control.ControlStore;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelVersion;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of drift with the control state, in pieces as long as its marks may be. Each
 * server keeps its own. Where the control state isn't open, nothing is kept. For one thread.
 */
public final class DriftStore {
  private static final Logger LOG = LoggerFactory.getLogger(DriftStore.class);
  private static final int PIECE = 9_000;
  private static final int MOST_PIECES = 100;

  private final RouteControl control;
  private final String server;

  /**
   * @param server what tells this server from others that share the control state
   */
  public DriftStore(RouteControl control, String server) {
    this.control = control;
    this.server = server.length() > 60 ? server.substring(0, 60) : server;
  }

  private String name(ModelVersion version, int piece) {
    return "drift/" + version.model() + "/" + version.version() + "/" + server + "/" + piece;
  }

  void save(ModelVersion version, VersionDrift drift) {
    if (!control.isOpen()) {
      return;
    }
    VersionDrift.Saved saved = drift.save();
    String text =
        saved.calibrated()
            + " "
            + saved.violations()
            + " "
            + Base64.getEncoder().encodeToString(saved.state());
    int pieces = (text.length() + PIECE - 1) / PIECE;
    if (pieces > MOST_PIECES) {
      return;
    }
    try {
      ControlStore store = control.store();
      for (int i = 0; i < pieces; i++) {
        String piece = text.substring(i * PIECE, Math.min(text.length(), (i + 1) * PIECE));
        store.mark(name(version, i), (i == pieces - 1 ? "." : "+") + piece);
      }
    } catch (ControlStateException e) {
      LOG.warn("What is known of the drift of model {} isn't kept. {}", version, e.getMessage());
    }
  }

  void restore(ModelVersion version, VersionDrift drift) {
    if (!control.isOpen()) {
      return;
    }
    try {
      StringBuilder text = new StringBuilder();
      String piece = "+";
      for (int i = 0; i < MOST_PIECES && piece.startsWith("+"); i++) {
        piece = control.store().mark(name(version, i));
        if (piece == null) {
          return;
        }
        text.append(piece, 1, piece.length());
      }
      String[] parts = text.toString().split(" ", -1);
      drift.restore(
          new VersionDrift.Saved(
              Long.parseLong(parts[0]),
              Long.parseLong(parts[1]),
              Base64.getDecoder().decode(parts[2])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.info("The drift of model {} is watched anew: its reference is another", version);
    } catch (ControlStateException e) {
      LOG.warn("What was known of the drift of model {} can't be read", version);
    }
  }
}
