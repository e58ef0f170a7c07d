package io.evenkeel.cli.draft;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a cell of a CSV file looks like. */
enum CellKind {
  BOOLEAN,
  INTEGER,
  NUMBER,
  DATE,
  DATETIME,
  TEXT;

  /** No leading zeros: what has them is a code, such as a postal one, and no amount. */
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9]\\d{0,14})");

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[-+]\\d{2}:\\d{2})");
  private static final double LARGEST_FLOAT = 3.4028235e38;

  static CellKind of(String cell) {
    if (WHOLE.matcher(cell).matches()) {
      return INTEGER;
    }
    if (DECIMAL.matcher(cell).matches()) {
      return Math.abs(Double.parseDouble(cell)) <= LARGEST_FLOAT ? NUMBER : TEXT;
    }
    String lower = cell.toLowerCase(Locale.ROOT);
    if (lower.equals("true") || lower.equals("false")) {
      return BOOLEAN;
    }
    try {
      if (DAY.matcher(cell).matches()) {
        return LocalDate.parse(cell).getYear() > 0 ? DATE : TEXT;
      }
      if (MOMENT.matcher(cell).matches()) {
        return OffsetDateTime.parse(cell).getYear() > 0 ? DATETIME : TEXT;
      }
    } catch (DateTimeParseException e) {
      return TEXT;
    }
    return TEXT;
  }

  /** A cell of this kind as the number a contract keeps for it; NaN for a text. */
  double number(String cell) {
    return switch (this) {
      case BOOLEAN -> cell.equalsIgnoreCase("true") ? 1 : 0;
      case INTEGER, NUMBER -> Double.parseDouble(cell);
      case DATE -> LocalDate.parse(cell).toEpochDay();
      case DATETIME -> {
        Instant instant = OffsetDateTime.parse(cell).toInstant();
        yield instant.getEpochSecond() + instant.getNano() / 1e9;
      }
      case TEXT -> Double.NaN;
    };
  }

  /** What holds cells of both kinds. */
  CellKind with(CellKind other) {
    if (this == other) {
      return this;
    }
    boolean numbers = (this == INTEGER || this == NUMBER) && (other == INTEGER || other == NUMBER);
    return numbers ? NUMBER : TEXT;
  }
}
