package io.evenkeel.control.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases that can hold the control state. */
enum Database {
  /** A file, opened by one process at a time. */
  H2_FILE("jdbc:h2:file:"),
  /** The memory of this process. */
  H2_MEMORY("jdbc:h2:mem:"),
  /** A server, which several processes may share. */
  POSTGRESQL("jdbc:postgresql:");

  /**
   * What we need of H2, where the URL doesn't say otherwise. It would close itself in a shutdown
   * hook beside our own end, and write a log file beside the database.
   */
  private static final List<String> H2_SETTINGS =
      List.of("DB_CLOSE_ON_EXIT=FALSE", "TRACE_LEVEL_FILE=0", "LOCK_TIMEOUT=10000");

  private final String prefix;

  Database(String prefix) {
    this.prefix = prefix;
  }

  /**
   * The one that the URL leads to.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Database of(String url) {
    for (Database database : values()) {
      if (url.startsWith(database.prefix)) {
        return database;
      }
    }
    throw new IllegalArgumentException(
        "`evenkeel.state.url` must begin with %s; it is %s"
            .formatted(
                Arrays.stream(values())
                    .map(known -> known.prefix)
                    .collect(Collectors.joining(", ")),
                place(url)));
  }

  /** The URL without settings and credentials. */
  static String place(String url) {
    return url.replaceFirst("[;?].*", "").replaceFirst("//.*@", "//");
  }

  /** The URL with what we need. */
  String completed(String url) {
    if (this == POSTGRESQL) {
      return url;
    }
    StringBuilder completed = new StringBuilder(url);
    for (String setting : H2_SETTINGS) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      if (!url.toUpperCase(Locale.ROOT).contains(";" + name)) {
        completed.append(';').append(setting);
      }
    }
    return completed.toString();
  }
}
