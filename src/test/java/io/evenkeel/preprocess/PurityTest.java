package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same row gives the same bits, wherever and however it is read and written. */
class PurityTest {
  private static final int ROWS = 300;
  private static final int COLUMNS = 46;
  private static final String SECTIONS =
      """
      features:
        - {name: INCOME, type: number, minimum: 0, nullable: true}
        - {name: title, type: category, values: [INDIGO, indigo, İzmir, ß], unknown: other}
        - {name: job, type: string, required: false}
        - {name: born, type: date}
        - {name: seen, type: datetime}
        - {name: image, type: tensor, shape: [2, 2]}
      inputs:
        - tensor: X
          columns:
            - {feature: INCOME, transforms: [{impute: 0.1}, log1p, {standardize: {mean: 0.3, scale: 0.7}}]}
            - {feature: INCOME, transforms: [missingIndicator]}
            - {feature: title, transforms: [{oneHot: {other: true}}]}
            - {feature: title, transforms: [ordinal]}
            - {feature: job, transforms: [{impute: İ}, {hash: {buckets: 16, seed: 7}}]}
            - {feature: born, transforms: [{dateParts: {parts: [year, month, day, dayOfWeekSin, dayOfYearCos, daysSince], reference: 2000-01-01}}]}
            - {feature: seen, transforms: [{dateParts: {parts: [year, month, day, dayOfWeek, dayOfYear, hour, hourSin, hourCos, monthSin, monthCos, daysSince], reference: 2000-01-01}}]}
            - {feature: seen}
            - {feature: image, transforms: [{minMax: {min: 0.1, max: 0.9}}]}
      """;

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();
  private final List<List<String>> instances = instances();

  @AfterEach
  void restoreDefaults() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @CsvSource({
    "tr-TR, Europe/Istanbul",
    "ar-EG-u-nu-arab, Asia/Riyadh",
    "th-TH-u-ca-buddhist, Asia/Bangkok",
    "de-DE, Pacific/Apia",
    "en-US, America/New_York"
  })
  void doesNotDependOnLocaleOrTimeZone(String language, String timeZone) {
    List<long[]> expected = written(Contracts.of(SECTIONS), 0);
    Locale.setDefault(Locale.forLanguageTag(language));
    TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
    assertSame(written(Contracts.of(SECTIONS), 0), expected);
  }

  @Test
  void doesNotDependOnTheOrderOfKeys() {
    ContractFile file = Contracts.of(SECTIONS);
    List<long[]> expected = written(file, 0);
    for (int order = 1; order < 6; order++) {
      assertSame(written(Contracts.of(SECTIONS), order), expected);
    }
  }

  @Test
  void doesNotDependOnTheThread() throws Exception {
    ContractFile file = Contracts.of(SECTIONS);
    Preprocessor preprocessor = Tensors.compile(file, ElementType.DOUBLE, COLUMNS);
    List<long[]> expected = written(file, preprocessor, 0);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<long[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int order = i;
        answers.add(threads.submit(() -> written(file, preprocessor, order)));
      }
      for (Future<List<long[]>> answer : answers) {
        assertSame(answer.get(), expected);
      }
    }
  }

  @Test
  void doesNotDependOnThePlaceInABlock() {
    ContractFile file = Contracts.of(SECTIONS);
    Preprocessor preprocessor = Tensors.compile(file, ElementType.DOUBLE, COLUMNS);
    List<long[]> expected = written(file, preprocessor, 0);
    TensorRows block = preprocessor.newBlock(ROWS);
    for (int i = ROWS - 1; i >= 0; i--) {
      preprocessor.write(row(file, instances.get(i), 0), block, i);
    }
    for (int i = 0; i < ROWS; i++) {
      double[] row = Arrays.copyOfRange(block.doubles(0), i * COLUMNS, (i + 1) * COLUMNS);
      assertThat(bits(row)).isEqualTo(expected.get(i));
    }
  }

  private List<long[]> written(ContractFile file, int order) {
    return written(file, Tensors.compile(file, ElementType.DOUBLE, COLUMNS), order);
  }

  private List<long[]> written(ContractFile file, Preprocessor preprocessor, int order) {
    List<long[]> rows = new ArrayList<>();
    for (List<String> instance : instances) {
      TensorRows block = preprocessor.newBlock(1);
      preprocessor.write(row(file, instance, order), block, 0);
      rows.add(bits(block.doubles(0)));
    }
    return rows;
  }

  private static Row row(ContractFile file, List<String> members, int order) {
    List<String> shuffled = new ArrayList<>(members);
    if (order > 0) {
      Collections.shuffle(shuffled, new Random(order));
    }
    Row row = Rows.read(file.contract(), "{" + String.join(",", shuffled) + "}");
    assertThat(row.violations()).isEmpty();
    return row;
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static void assertSame(List<long[]> actual, List<long[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  /** Members of random instances. */
  private static List<List<String>> instances() {
    SplittableRandom random = new SplittableRandom(11);
    String[] titles = {"INDIGO", "indigo", "İzmir", "ß", "i", "ı", "SS"};
    List<List<String>> instances = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<String> members = new ArrayList<>();
      members.add("\"INCOME\":" + (random.nextInt(5) == 0 ? null : random.nextDouble(1e6)));
      members.add("\"title\":\"" + titles[random.nextInt(titles.length)] + '"');
      if (random.nextBoolean()) {
        members.add("\"job\":\"" + titles[random.nextInt(titles.length)] + random.nextInt() + '"');
      }
      members.add(
          "\"born\":\"" + random.nextInt(1900, 2030) + "-0" + random.nextInt(1, 10) + "-17\"");
      members.add(
          "\"seen\":\"%d-10-%dT%d:59:07.125-0%d:30\""
              .formatted(
                  random.nextInt(1900, 2030),
                  random.nextInt(10, 32),
                  random.nextInt(10, 24),
                  random.nextInt(10)));
      members.add(
          "\"image\":[[%s,%s],[%s,1e-3]]"
              .formatted(random.nextDouble(), random.nextDouble(9), random.nextInt()));
      instances.add(members);
    }
    return instances;
  }
}
