package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

/** Which JSON numbers are taken, as what value, and which aren't. */
class NumbersTest {
  private static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: whole, type: integer, required: false}
                - {name: real, type: number, required: false}
                - {name: list, type: tensor, shape: [1], elements: {type: integer}, required: false}
                - {name: floor, type: number, minimum: 0, outOfRange: clamp, required: false}
                - {name: share, type: number, minimum: 0, maximum: 1, outOfRange: clamp, required: false}
              """)
          .contract();

  private static Row read(String feature, String number) {
    return Rows.read(CONTRACT, "{\"" + feature + "\": " + number + "}");
  }

  private static void assertTaken(String feature, String number, double value) {
    Row row = read(feature, number);
    assertThat(row.violations()).isEmpty();
    assertThat(row.number(CONTRACT.slot(CONTRACT.indexOf(feature)))).isEqualTo(value);
  }

  private static void assertRefused(String feature, String number, String rule) {
    assertThat(read(feature, number).violations())
        .extracting(Violation::rule)
        .containsExactly(rule);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "12.0, 12",
    "1.2e1, 12",
    "120E-1, 12",
    "-0, -0.0",
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9007199254740992",
    "-9007199254740992, -9007199254740992",
    "9007199254740992.0, 9007199254740992",
    "9.007199254740992e15, 9007199254740992"
  })
  void takesIntegers(String number, double value) {
    assertTaken("whole", number, value);
    assertTaken("list", "[" + number + "]", value);
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993",
    "-9007199254740993",
    "9007199254740993.0",
    "9007199254740992.5",
    "9007199254740994",
    "9223372036854775808",
    "1e999",
    "-1e999"
  })
  void refusesIntegersThatAreNotCarriedExactly(String number) {
    assertRefused("whole", number, "finite");
    assertRefused("list", "[" + number + "]", "finite");
  }

  @ParameterizedTest
  @CsvSource({"12.5", "1e-9", "0.1", "\"12\"", "'\"\"'", "true", "[1]"})
  void refusesWhatIsNoInteger(String number) {
    assertRefused("whole", number, "type");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "3.4028235e38, 3.4028235e38",
    "-3.4028235e38, -3.4028235e38",
    "1e-999, 0",
    "4.9e-324, 4.9e-324",
    "9007199254740993, 9007199254740992",
    "123456789012345678901234567890, 123456789012345678901234567890"
  })
  void takesNumbers(String number, double value) {
    assertTaken("real", number, value);
  }

  @ParameterizedTest
  @CsvSource({
    "3.4028236e38",
    "340282350000000000000000000000000000001",
    "1e39",
    "-1e39",
    "1e308",
    "1e999",
    "-1e999"
  })
  void refusesNumbersThatAreTooLarge(String number) {
    assertRefused("real", number, "finite");
  }

  @Test
  void takesManyDigits() {
    assertTaken("real", "0." + "3".repeat(300), 1.0 / 3);
    assertTaken("whole", "7." + "0".repeat(300), 7);
    assertRefused("real", "7".repeat(300), "finite");
    assertRefused("whole", "7".repeat(300), "finite");
    assertRefused("real", "7".repeat(400), "finite");
    assertRefused("whole", "7".repeat(400), "finite");
    assertRefused("list", "[" + "7".repeat(400) + "]", "finite");
  }

  @Test
  void leavesTooManyDigitsToTheParser() {
    assertThatThrownBy(() -> read("real", "7".repeat(2000))).isInstanceOf(JacksonException.class);
  }

  @Test
  void clampsLargeNumbersOnlyToABound() {
    assertTaken("share", "1e300", 1);
    assertTaken("floor", "-1e300", 0);
    assertRefused("floor", "1e300", "finite");
    assertRefused("share", "1e999", "finite");
  }
}
