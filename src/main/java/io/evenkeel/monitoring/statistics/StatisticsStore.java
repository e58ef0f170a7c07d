package io.evenkeel.monitoring.statistics;

import io.evenkeel.control.ControlStore;
import io.evenkeel.control.RouteControl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was released and what that has cost with the control state, in pieces as long as its
 * marks may be. Each server keeps its own. Thread-safe. Calls throw {@code ControlStateException}
 * where the control state can't be had.
 */
final class StatisticsStore {
  private static final int PIECE = 9_000;

  private final RouteControl control;
  private final String server;

  /**
   * @param server what tells this server from others that share the control state
   */
  StatisticsStore(RouteControl control, String server) {
    this.control = control;
    this.server = server.length() > 60 ? server.substring(0, 60) : server;
  }

  private String name(String model, String version, String what) {
    return "statistics/" + model + "/" + version + "/" + server + "/" + what;
  }

  Ledger ledger(String model, String version) {
    String text = read(name(model, version, "ledger"));
    return text == null ? Ledger.EMPTY : Ledger.read(text);
  }

  void keep(String model, String version, Ledger ledger) {
    write(name(model, version, "ledger"), ledger.written());
  }

  /** What was released last, as JSON; null before the first. */
  @Nullable String release(String model, String version) {
    return read(name(model, version, "release"));
  }

  void keepRelease(String model, String version, String json) {
    write(name(model, version, "release"), json);
  }

  /** The last piece begins with a full stop, the others with a plus. */
  private void write(String name, String text) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); from += PIECE) {
      pieces.add(text.substring(from, Math.min(text.length(), from + PIECE)));
    }
    ControlStore store = control.store();
    // Begun at the end: until the first piece is there, the text of before ends where it did.
    for (int i = pieces.size() - 1; i >= 0; i--) {
      store.mark(name + "/" + i, (i == pieces.size() - 1 ? "." : "+") + pieces.get(i));
    }
  }

  private @Nullable String read(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; ; i++) {
      String piece = control.store().mark(name + "/" + i);
      if (piece == null) {
        return null;
      }
      text.append(piece, 1, piece.length());
      if (piece.startsWith(".")) {
        return text.toString();
      }
    }
  }
}
