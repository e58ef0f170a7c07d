package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * Something a caller should know about an input that was served all the same.
 *
 * @param pointer a JSON Pointer to the value in the request's body
 * @param feature the contract's name for it; {@code ""} where no feature of the contract is meant
 * @param rule what was noticed, for example {@code clamped}; docs/model-folder.md lists them
 * @param message the same in words, without the value
 */
public record Warning(String pointer, String feature, String rule, String message) {
  /** Some warnings, and one more after them. */
  public static List<Warning> plus(List<Warning> warnings, Warning last) {
    List<Warning> all = new ArrayList<>(warnings);
    all.add(last);
    return List.copyOf(all);
  }
}
