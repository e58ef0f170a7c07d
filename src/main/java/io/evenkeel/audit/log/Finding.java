package io.evenkeel.audit.log;

import java.util.Locale;

/**
 * Something about a log that isn't as it was written, and where.
 *
 * @param kind what it is
 * @param file the file's name
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param seq the record's number, or that of the first where several are meant; 0 where that isn't
 *     known
 * @param detail in words
 */
public record Finding(Kind kind, String file, long line, long seq, String detail) {
  /** The kinds of findings. */
  public enum Kind {
    /** A line isn't a record, or its content doesn't have its hash. */
    CHANGED,
    /** Records aren't there. */
    MISSING,
    /** A record stands where it doesn't belong, or twice. */
    MISPLACED,
    /** A record follows another one than the one before it. */
    UNCHAINED,
    /** The file ends within a record. */
    TORN,
    /** A checkpoint isn't signed by a key that counts. */
    UNSIGNED,
    /** The head doesn't say what the log does. */
    HEAD;

    /** The word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + kind.word() + ": " + detail;
  }
}
