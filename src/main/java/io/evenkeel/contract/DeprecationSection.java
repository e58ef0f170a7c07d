package io.evenkeel.contract;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads that clients should move on: a {@code deprecated} section. */
public final class DeprecationSection {
  private DeprecationSection() {}

  /** What the section says; null where there is none. */
  public static @Nullable Deprecation read(YamlNode parent) {
    YamlNode node = parent.find("deprecated");
    return node == null ? null : readItself(node);
  }

  /** The same of the section itself. */
  public static Deprecation readItself(YamlNode node) {
    node.allowKeys(Set.of("since", "sunset", "message"));
    if (node.find("since") == null) {
      node.mistake("the key `since` is missing", "add the day, for example `since: 2026-11-24`");
    }
    LocalDate since = day(node, "since");
    LocalDate sunset = day(node, "sunset");
    if (since != null && sunset != null && sunset.isBefore(since)) {
      node.mistake("`sunset` comes before `since`", "make `sunset` a later day");
    }
    return new Deprecation(
        since == null ? LocalDate.EPOCH : since, sunset, node.findText("message"));
  }

  private static @Nullable LocalDate day(YamlNode node, String key) {
    YamlNode day = node.find(key);
    if (day == null) {
      return null;
    }
    try {
      return LocalDate.parse(day.text());
    } catch (DateTimeParseException e) {
      day.mistake("`" + day.text() + "` is no day", "write it like 2026-11-24");
      return null;
    }
  }
}
