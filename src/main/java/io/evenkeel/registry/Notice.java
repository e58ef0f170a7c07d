package io.evenkeel.registry;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Warning;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That a version is going away, in the forms in which its answers say so. They are made once,
 * because each answer carries them. Immutable.
 */
public final class Notice {
  /** The rule of the warning. */
  public static final String RULE = "deprecatedVersion";

  /** As HTTP writes dates (RFC 9110, 5.6.7): the formatter of RFC 1123 has days of one digit. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Deprecation deprecation;
  private final Instant since;
  private final Instant sunset;
  private final Warning warning;
  private final String deprecationHeader;
  private final @Nullable String sunsetHeader;

  Notice(String version, Deprecation deprecation) {
    LocalDate end = deprecation.sunset();
    this.deprecation = deprecation;
    this.since = startOf(deprecation.since());
    this.sunset = end == null ? Instant.MAX : startOf(end);
    this.warning = new Warning("", "", RULE, message(version, deprecation));
    this.deprecationHeader = "@" + since.getEpochSecond();
    this.sunsetHeader = end == null ? null : HTTP_DATE.format(sunset);
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String message(String version, Deprecation deprecation) {
    return "version `"
        + version
        + "` is deprecated since "
        + deprecation.since()
        + (deprecation.sunset() == null
            ? ""
            : ", and isn't served any more from " + deprecation.sunset() + " on")
        + (deprecation.message() == null ? "" : ": " + deprecation.message());
  }

  /** The days and the words. */
  public Deprecation deprecation() {
    return deprecation;
  }

  /** Whether clients should have moved on by a moment. */
  public boolean hasBegun(Instant now) {
    return !now.isBefore(since);
  }

  /** Whether the version isn't served any more at a moment. */
  public boolean isOver(Instant now) {
    return !now.isBefore(sunset);
  }

  /** What answers say once it has begun. */
  public Warning warning() {
    return warning;
  }

  /** The value of the header {@code Deprecation} (RFC 9745). */
  public String deprecationHeader() {
    return deprecationHeader;
  }

  /** The value of the header {@code Sunset} (RFC 8594); null where no day is set. */
  public @Nullable String sunsetHeader() {
    return sunsetHeader;
  }
}
