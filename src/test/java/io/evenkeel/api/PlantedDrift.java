package io.evenkeel.api;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A change of one feature of {@code loan-default}'s traffic.
 *
 * <p>Delays are at the standard threshold, medians. Those of shifts are what the design asks for in
 * normal features (interest rates are skewed); those of gaps and units what was simulated for as
 * large a reference (docs/drift.md); that of a new purpose was measured.
 */
enum PlantedDrift {
  QUARTER("0.25 sd", "interest_rate", 649) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      shift(row, 0.25);
    }
  },
  HALF("0.5 sd", "interest_rate", 157) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      shift(row, 0.5);
    }
  },
  ONE("1 sd", "interest_rate", 55) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      shift(row, 1);
    }
  },
  NEW_CATEGORY("a new purpose in 20 % of rows", "purpose", 120) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      if (random.nextDouble() < 0.2) {
        row.put("purpose", "space_travel");
      }
    }
  },
  MISSING("housing missing from 1 % to 5 %", "housing", 430) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      if (random.nextDouble() < 0.04 / 0.99) {
        row.put("housing", null);
      }
    }
  },
  UNIT("income by the month", "income", 25) {
    @Override
    void change(Map<String, @Nullable Object> row, Random random) {
      if (row.get("income") instanceof Double yearly) {
        row.put("income", yearly / 12);
      }
    }
  };

  /** The rates' standard deviation in training. */
  private static final double DEVIATION = 3.661;

  final String words;
  final String feature;

  /** The median of rows until it is found that is promised. */
  final int rows;

  PlantedDrift(String words, String feature, int rows) {
    this.words = words;
    this.feature = feature;
    this.rows = rows;
  }

  abstract void change(Map<String, @Nullable Object> row, Random random);

  private static void shift(Map<String, @Nullable Object> row, double deviations) {
    double rate = (Double) Objects.requireNonNull(row.get("interest_rate"));
    row.put("interest_rate", Math.min(40, rate + deviations * DEVIATION));
  }
}
