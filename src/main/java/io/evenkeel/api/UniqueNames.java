package io.evenkeel.api;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names in a document from which code is generated: none is like another, not even but for the case
 * of its letters, because classes become files. Not thread-safe.
 */
final class UniqueNames {
  private final Set<String> taken = new HashSet<>();

  void take(String name) {
    taken.add(key(name));
  }

  /**
   * The name, or one like it with a number, such that none of what is made of it is taken. Takes
   * all of that.
   *
   * @param endings what is put behind the name
   */
  String take(String name, List<String> endings) {
    String free = name;
    for (int i = 2; someTaken(free, endings); i++) {
      free = name + "_" + i;
    }
    keys(free, endings).forEach(taken::add);
    return free;
  }

  /** A model's name as that of a class: {@code loan-default} becomes {@code LoanDefault}. */
  static String ofModel(String model) {
    StringBuilder name = new StringBuilder();
    for (String word : model.split("-", -1)) {
      if (!word.isEmpty()) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
    }
    return Character.isDigit(name.charAt(0)) ? "Model" + name : name.toString();
  }

  private boolean someTaken(String name, List<String> endings) {
    return keys(name, endings).anyMatch(taken::contains);
  }

  private static Stream<String> keys(String name, List<String> endings) {
    return endings.stream().map(ending -> key(name + ending));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
