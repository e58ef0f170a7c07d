package io.evenkeel.contract.compatibility;

import java.util.Arrays;

/** A step from one semantic version to another; the larger last. */
public enum Bump {
  NONE,
  PATCH,
  MINOR,
  MAJOR;

  /**
   * The step between two semantic versions of three numbers each; a step backwards is none.
   *
   * @throws NumberFormatException if either is no such version
   */
  public static Bump between(String old, String now) {
    int[] before = numbers(old);
    int[] after = numbers(now);
    int place = Arrays.mismatch(before, after);
    if (place < 0 || after[place] < before[place]) {
      return NONE;
    }
    return switch (place) {
      case 0 -> MAJOR;
      case 1 -> MINOR;
      default -> PATCH;
    };
  }

  /** The version that is this step after another. */
  public String after(String version) {
    int[] numbers = numbers(version);
    return switch (this) {
      case NONE -> version;
      case PATCH -> numbers[0] + "." + numbers[1] + "." + (numbers[2] + 1);
      case MINOR -> numbers[0] + "." + (numbers[1] + 1) + ".0";
      case MAJOR -> (numbers[0] + 1) + ".0.0";
    };
  }

  /** Whether this step is as large as another, or larger. */
  public boolean covers(Bump other) {
    return compareTo(other) >= 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
