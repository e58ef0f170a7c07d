package io.evenkeel.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of a log's files. A segment is named for its first record. Stateless. */
final class Segments {
  /** The last checkpoint once more, so that a cut end is noticed. */
  static final String HEAD = "head";

  /** Held by who writes. */
  static final String LOCK = "lock";

  /** What somebody beside the writer wants recorded. */
  static final String NOTE = ".note";

  private static final String ENDING = ".log";
  private static final Pattern NAME = Pattern.compile("\\d{19}\\.log");

  private Segments() {}

  static Path file(Path folder, long firstSeq) {
    return folder.resolve(String.format(Locale.ROOT, "%019d", firstSeq) + ENDING);
  }

  static long firstSeq(Path segment) {
    return Long.parseLong(name(segment).substring(0, 19));
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The file that keeps the keys of a segment's encrypted values. */
  static Path dataKeys(Path segment) {
    return segment.resolveSibling(name(segment).replace(ENDING, ".keys"));
  }

  /** The notes that wait to be recorded. */
  static List<Path> notes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).endsWith(NOTE)).sorted().toList();
    }
  }

  /** In the order of their records. */
  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> NAME.matcher(name(file)).matches()).sorted().toList();
    }
  }
}
