package io.evenkeel.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds that can't be are told. */
class BrokenRangesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "minimum: 3, maximum: 2",
        "minimum: 3, exclusiveMaximum: 3",
        "exclusiveMinimum: 3, maximum: 3",
        "exclusiveMinimum: 3, exclusiveMaximum: 3"
      })
  void refusesBoundsWithNothingBetween(String bounds) {
    Contracts.assertRefused(
        """
        features:
          - {name: age, type: number, %s} # <-
        """
            .formatted(bounds),
        "no value lies within the bounds",
        "make the lower bound smaller than the upper one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "outOfRange: clamp",
        "outOfRange: clamp, exclusiveMinimum: 0",
        "outOfRange: clamp, maximum: 2, exclusiveMinimum: 0"
      })
  void refusesToClampWithoutInclusiveBounds(String range) {
    Contracts.assertRefused(
        """
        features:
          - {name: age, type: number, %s} # <-
        """
            .formatted(range),
        "`outOfRange: clamp` needs inclusive bounds",
        "use `minimum` and `maximum`, or another `outOfRange`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten", ".inf", "NaN", "1e999", "12f", "0x1p3", "''"})
  void refusesABoundThatIsNoNumber(String bound) {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            minimum: %s # <-
        """
            .formatted(bound),
        "`" + bound.replace("'", "") + "` is not a finite number",
        "write a finite number");
  }

  @Test
  void refusesADateBoundThatIsNoDate() {
    Contracts.assertRefused(
        """
        features:
          - name: born_on
            type: date
            minimum: 2026-02-30 # <-
        """,
        "`minimum: 2026-02-30` is not of the feature's type",
        "write a date as a string, for example \"2026-11-24\"");
  }

  @Test
  void refusesADateTimeBoundWithoutOffset() {
    Contracts.assertRefused(
        """
        features:
          - name: seen_at
            type: datetime
            maximum: '2026-11-24T08:30:00' # <-
        """,
        "`maximum: 2026-11-24T08:30:00` is not of the feature's type",
        "write a date-time with an offset as a string, for example \"2026-11-24T08:30:00Z\"");
  }

  @Test
  void refusesExclusiveBoundsOfElements() {
    Contracts.assertRefused(
        """
        features:
          - name: image
            type: tensor
            shape: [2]
            elements:
              exclusiveMinimum: 0 # <-
        """,
        "the key `exclusiveMinimum` is unknown here",
        "use one of [maximum, minimum, type]");
  }

  @Test
  void refusesAnUnknownTreatment() {
    Contracts.assertRefused(
        """
        features:
          - name: age
            type: number
            outOfRange: ignore # <-
        """,
        "`ignore` is no value of `outOfRange`",
        "use one of reject, clamp, warn");
  }
}
