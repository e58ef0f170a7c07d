package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads dates and date-times, and writes them back. */
class TemporalsTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "1969-12-31, -1",
    "2026-11-24, 20781",
    "2000-02-29, 11016",
    "0001-01-01, -719162",
    "9999-12-31, 2932896"
  })
  void countsDays(String text, double days) {
    assertThat(FeatureType.DATE.parsed(text)).isEqualTo(days);
    assertThat(FeatureType.DATE.written(days)).isEqualTo(text);
  }

  @Test
  void agreesWithTheCalendarOnEveryDayOfFourCenturies() {
    LocalDate end = LocalDate.of(2200, 1, 1);
    for (LocalDate day = LocalDate.of(1800, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      assertThat(FeatureType.DATE.parsed(day.toString())).isEqualTo((double) day.toEpochDay());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-11",
        "2026-1-24",
        "26-11-24",
        "2026-11-24 ",
        " 2026-11-24",
        "2026/11/24",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "2025-02-29",
        "1900-02-29",
        "0000-01-01",
        "-026-11-24",
        "2026-11-2x",
        "２０２６-11-24",
        "2026-11-24Z",
        "2026-11-24T00:00:00Z"
      })
  void refusesWhatIsNoDate(String text) {
    assertThat(FeatureType.DATE.parsed(text)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00z, 0",
    "1970-01-01T01:00:00+01:00, 0",
    "1969-12-31T23:59:59.5Z, -0.5",
    "2026-11-24T08:30:00-05:30, 1795528800",
    "2026-11-24T23:59:59.999999999Z, 1795564799.999999999"
  })
  void countsSeconds(String text, double seconds) {
    assertThat(FeatureType.DATETIME.parsed(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-24",
        "2026-11-24T08:30Z",
        "2026-11-24T08:30:00",
        "2026-11-24 08:30:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T08:30:00.Z",
        "2026-11-24T08:30:00.+01:00",
        "2026-11-24T08:60:00Z",
        "2026-02-30T08:30:00Z",
        "2026-11-24T08:30:00+0100",
        "2026-11-24T08:30:00+01",
        "2026-11-24T08:30:00+19:00",
        "2026-11-24T08:30:00+01:00:30",
        "0000-11-24T08:30:00Z",
        "2026-11-24T08:30:00.1234567890Z",
        "2026-11-24T08:30:00Z[UTC]",
        "2026-11-24T08:30:00ZZ"
      })
  void refusesWhatIsNoDateTime(String text) {
    assertThat(FeatureType.DATETIME.parsed(text)).isNaN();
  }

  @Test
  void writesDateTimesInUtc() {
    assertThat(FeatureType.DATETIME.written(-0.5)).isEqualTo("1969-12-31T23:59:59.500Z");
  }
}
