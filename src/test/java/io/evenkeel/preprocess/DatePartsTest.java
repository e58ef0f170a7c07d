package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of dates and date-times, by hand and against the calendar. */
class DatePartsTest {
  private static final String CALENDAR = "year, month, day, dayOfWeek, dayOfYear";

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
  private static final ContractFile FILE =
      Contracts.of(
          Tensors.sections("type: datetime", "[{dateParts: {parts: [" + CALENDAR + ", hour]}}]"));
  private static final Preprocessor COMPILED = Tensors.compile(FILE, ElementType.DOUBLE, 6);

  private static double[] parts(String type, String parts, String value, int columns) {
    String transforms = "[{dateParts: {parts: [%s], reference: 2020-01-01}}]".formatted(parts);
    return Tensors.written("type: " + type, transforms, '"' + value + '"', columns);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24, 2026 11 24 2 328",
    "2024-02-29, 2024 2 29 4 60",
    "2024-12-31, 2024 12 31 2 366",
    "2023-01-01, 2023 1 1 7 1",
    "1970-01-01, 1970 1 1 4 1",
    "1969-12-31, 1969 12 31 3 365",
    "1900-03-01, 1900 3 1 4 60",
    "0001-01-01, 1 1 1 1 1",
    "9999-12-31, 9999 12 31 5 365"
  })
  void tellsPartsOfADate(String date, String expected) {
    assertThat(parts("date", CALENDAR, date, 5)).containsExactly(Tensors.numbers(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T00:00:00Z, 2026 11 24 2 328 0",
    "2026-11-24T07:00:00Z, 2026 11 24 2 328 7",
    "2026-11-24T23:59:59.999Z, 2026 11 24 2 328 23",
    "2026-11-24T00:30:00+01:00, 2026 11 23 1 327 23",
    "2026-12-31T20:00:00-05:00, 2027 1 1 5 1 1",
    "1969-12-31T23:00:00Z, 1969 12 31 3 365 23",
    "1969-12-31T00:00:00Z, 1969 12 31 3 365 0",
    "1969-12-30T23:59:59.5Z, 1969 12 30 2 364 23"
  })
  void tellsPartsOfADateTimeInUtc(String time, String expected) {
    assertThat(parts("datetime", CALENDAR + ", hour", time, 6))
        .containsExactly(Tensors.numbers(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "date, 2020-01-01, 0",
    "date, 2019-12-31, -1",
    "date, 2024-03-01, 1521",
    "date, 1969-12-31, -18263",
    "datetime, 2020-01-01T12:00:00Z, 0.5",
    "datetime, 2019-12-31T18:00:00Z, -0.25",
    "datetime, 2020-01-02T01:00:00+01:00, 1",
    "datetime, 2020-01-01T00:00:01Z, 1.1574074074074073e-05",
    "datetime, 2026-11-24T08:30:00Z, 2519.3541666666665",
    "datetime, 2026-11-24T08:30:07Z, 2519.3542476851853"
  })
  void countsDaysSinceTheReferenceExactly(String type, String value, double days) {
    assertThat(parts(type, "daysSince", value, 1)).containsExactly(days);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, 0 1 0 1",
    "2026-04-01, 1 0 0.9749279121818236 -0.2225209339563144",
    "2026-07-06, 0 -1 0 1"
  })
  void makesPairsOfCyclicParts(String date, String expected) {
    double[] columns = parts("date", "monthSin, monthCos, dayOfWeekSin, dayOfWeekCos", date, 4);
    double[] wanted = Tensors.numbers(expected);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(columns[i]).isCloseTo(wanted[i], within(1e-15));
    }
  }

  @Test
  void keepsCyclicPartsOnTheCircle() {
    double[] columns =
        parts(
            "datetime", "hourSin, hourCos, dayOfYearSin, dayOfYearCos", "2026-11-24T18:30:00Z", 4);
    double year = 2 * Math.PI * 327 / 365.25;
    double[] wanted = {-1, 0, StrictMath.sin(year), StrictMath.cos(year)};
    for (int i = 0; i < wanted.length; i++) {
      assertThat(columns[i]).isCloseTo(wanted[i], within(1e-15));
    }
  }

  @Test
  void agreesWithTheCalendarOnEveryDay() {
    LocalDate end = LocalDate.of(2105, 1, 1);
    for (LocalDate day = LocalDate.of(1895, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      assertAgrees(OffsetDateTime.of(day.atStartOfDay(), ZoneOffset.UTC));
    }
  }

  @Test
  void agreesWithTheCalendarOnEveryHourAndAtRandomTimes() {
    OffsetDateTime start = OffsetDateTime.of(2023, 12, 30, 0, 0, 0, 0, ZoneOffset.UTC);
    Stream.iterate(start, time -> time.plusHours(1)).limit(5000).forEach(this::assertAgrees);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      Instant instant = Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 8_000_000_000L));
      assertAgrees(instant.plus(Duration.ofMillis(random.nextInt(1000))).atOffset(ZoneOffset.UTC));
    }
  }

  private void assertAgrees(OffsetDateTime time) {
    Row row = Rows.read(FILE.contract(), "{\"x\": \"" + FORM.format(time) + "\"}");
    TensorRows block = COMPILED.newBlock(1);
    COMPILED.write(row, block, 0);
    assertThat(block.doubles(0))
        .as(time.toString())
        .containsExactly(
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getDayOfWeek().getValue(),
            time.getDayOfYear(),
            time.getHour());
  }
}
