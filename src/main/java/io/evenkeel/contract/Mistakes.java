package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with a model folder, so that it can be told at once. Not
 * thread-safe.
 */
public final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();

  public void add(String file, int line, String cause, String mend) {
    found.add(new Mistake(file, line, cause, mend));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Mistake> all() {
    return List.copyOf(found);
  }

  /** Ends the loading of a folder if anything has been found wrong so far. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new UnusableModelException(all());
    }
  }
}
