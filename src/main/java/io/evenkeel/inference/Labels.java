package io.evenkeel.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of a classifier's classes, and how a class the graph names is found among them.
 * Immutable.
 *
 * <p>A graph may name a class by a whole number. That number is the label itself if all labels are
 * whole numbers, and the label's position otherwise: one rule for all of a model's classes, because
 * with labels 1 and 2 a graph's 1 could mean either.
 */
final class Labels {
  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();
  private final boolean wholeNumbers;

  Labels(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      positions.putIfAbsent(names.get(i), i);
    }
    this.wholeNumbers = names.stream().allMatch(name -> name.matches("0|-?[1-9]\\d{0,17}"));
  }

  List<String> names() {
    return names;
  }

  int size() {
    return names.size();
  }

  /** The position of the label with this name; -1 if there is none. */
  int find(String name) {
    return positions.getOrDefault(name, -1);
  }

  /** The position of the label a graph means by this number; -1 if there is none. */
  int find(long number) {
    if (wholeNumbers) {
      return find(Long.toString(number));
    }
    return number >= 0 && number < names.size() ? (int) number : -1;
  }
}
