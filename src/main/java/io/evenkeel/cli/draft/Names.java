package io.evenkeel.cli.draft;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes names that a contract takes of whatever data and graphs call things. Not thread-safe. */
final class Names {
  private static final int LONGEST = 120;

  private final Set<String> taken = new HashSet<>();

  /** A feature's name like this one, which no other has. */
  String unique(String original) {
    String name = feature(original);
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** Letters, digits, dots, hyphens and underscores, not a digit first. */
  static String feature(String original) {
    String plain = Normalizer.normalize(original.strip(), Normalizer.Form.NFD);
    String name =
        plain
            .replaceAll("\\p{M}", "")
            .replaceAll("[^A-Za-z0-9_.-]+", "_")
            .replaceAll("(?<=.)_+$", "");
    if (name.isEmpty() || !name.substring(0, 1).matches("[A-Za-z_]")) {
      name = "x_" + name;
    }
    return name.substring(0, Math.min(name.length(), LONGEST));
  }

  /** The name of a model's folder. */
  static String model(String original) {
    String name =
        Normalizer.normalize(original, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "model" : name.substring(0, Math.min(name.length(), 60));
  }
}
