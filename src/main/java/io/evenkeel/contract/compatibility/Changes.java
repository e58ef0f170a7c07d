package io.evenkeel.contract.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers the changes that comparisons find. Not thread-safe. */
final class Changes {
  private final List<Change> found = new ArrayList<>();

  void add(ChangeKind kind, String feature, String words) {
    found.add(new Change(kind, feature, words));
  }

  /** A change of the contract as a whole. */
  void add(ChangeKind kind, String words) {
    add(kind, "", words);
  }

  /** A change of what only people read, if there is one. */
  void documentation(String feature, String what, @Nullable Object old, @Nullable Object now) {
    if (!Objects.equals(old, now)) {
      String words =
          old == null ? what + " added" : now == null ? what + " removed" : what + " changed";
      add(ChangeKind.DOCUMENTATION_CHANGED, feature, words);
    }
  }

  List<Change> found() {
    return List.copyOf(found);
  }

  /** What it is, and what it was. */
  static String now(Object now, Object old) {
    return now + ", was " + old;
  }
}
