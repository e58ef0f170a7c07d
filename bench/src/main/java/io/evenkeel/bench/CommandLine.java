package io.evenkeel.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a command line, each of them {@code --name value}. */
record CommandLine(Map<String, String> given) {
  CommandLine {
    given = Map.copyOf(given);
  }

  /** Throws IllegalArgumentException, with a text for the user, for a name that isn't known. */
  static CommandLine parse(Set<String> names, String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : arguments[i];
      if (!names.contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "unknown option, or one without a value: " + arguments[i]);
      }
      given.put(name, arguments[i + 1]);
    }
    return new CommandLine(given);
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  String text(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  String require(String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, String.valueOf(otherwise)));
  }

  @Nullable Path findPath(String name) {
    String value = given.get(name);
    return value == null ? null : Path.of(value);
  }

  @Nullable Duration findMillis(String name) {
    String value = given.get(name);
    return value == null ? null : Duration.ofMillis(Long.parseLong(value));
  }
}
