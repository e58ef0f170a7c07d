package io.evenkeel.contract;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instance's values as a contract's features type them, with what was found wrong with it.
 * Numbers, integers, booleans (0 or 1), dates (days since 1970-01-01), date-times (seconds since
 * then), categories (their position in the allowed values, -1 for another one) and the elements of
 * tensors are numbers; categories and strings are texts too.
 *
 * <p>Written by one {@link RowReader}; after that it doesn't change and can be read by any thread
 * it is handed to.
 */
public final class Row {
  private final double[] numbers;
  private final int features;
  private final long[] seen;
  private final long[] present;
  private final Findings findings;
  private final RuleFlags flags;

  /** A float: with it, the row takes no more memory than without. */
  private float outlier = Float.NaN;

  /** Null as long as there is none: most contracts have numbers only. */
  private @Nullable String @Nullable [] texts;

  /**
   * @param flags the rules that the row isn't held to
   */
  Row(int features, int width, int position, RuleFlags flags) {
    this.numbers = new double[width];
    this.features = features;
    this.seen = new long[(features + 63) >>> 6];
    this.present = new long[seen.length];
    this.findings = new Findings(position);
    this.flags = flags;
    Arrays.fill(numbers, Double.NaN);
  }

  /** Whether the row satisfies its contract. Only such a row may be preprocessed. */
  public boolean isValid() {
    return findings.violations().isEmpty();
  }

  /**
   * Everything that breaks the contract, in the order of the body; at most the first few hundred.
   */
  public List<Violation> violations() {
    return findings.violations();
  }

  /** How many violations there were beyond those that {@link #violations()} lists. */
  public int omittedViolations() {
    return findings.omitted();
  }

  /** What was served all the same. */
  public List<Warning> warnings() {
    return findings.warnings();
  }

  /**
   * Broken rules that are not enforced at present, as the violations they would be; the row is
   * served all the same.
   */
  public List<Violation> monitored() {
    return findings.monitored();
  }

  /**
   * How far out the row is among those that the model was trained on: the share of them that lie
   * nearer to their middle, from 0 to 1. NaN where that isn't known.
   */
  public float outlier() {
    return outlier;
  }

  /** The rules that were not enforced when the row was read. */
  public RuleFlags flags() {
    return flags;
  }

  /** Whether every feature was sent and has a value: none is missing, null or defaulted. */
  public boolean isComplete() {
    int left = features;
    for (int i = 0; i < seen.length; i++, left -= Long.SIZE) {
      long all = left >= Long.SIZE ? -1 : (1L << left) - 1;
      if ((seen[i] & present[i]) != all) {
        return false;
      }
    }
    return true;
  }

  /** Whether a feature has its default because it was absent. */
  public boolean isDefaulted(int feature) {
    return !wasSeen(feature) && !isMissing(feature);
  }

  /** Whether a feature is absent or null. */
  public boolean isMissing(int feature) {
    return (present[feature >>> 6] & 1L << feature) == 0;
  }

  /** The number at a slot, see {@link Contract#slot}; NaN where the feature is missing. */
  public double number(int slot) {
    return numbers[slot];
  }

  /** A category's or string's text; null where it is missing. */
  public @Nullable String text(int feature) {
    return texts == null ? null : texts[feature];
  }

  /** About how many bytes of the heap its values take; of texts at most so many. */
  public long bytes() {
    long bytes = (long) numbers.length * Double.BYTES;
    if (texts != null) {
      for (String text : texts) {
        bytes += text == null ? 0 : (long) text.length() * Character.BYTES;
      }
    }
    return bytes;
  }

  /**
   * The values as bytes: equal to another row's of the same contract exactly where all values are.
   * What broke its type has no value, and so isn't in them. All NaN are one.
   */
  public byte[] canonicalBytes() {
    int size = numbers.length * Double.BYTES;
    if (texts != null) {
      for (String text : texts) {
        size += Integer.BYTES + (text == null ? 0 : text.length() * Character.BYTES);
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (double number : numbers) {
      bytes.putLong(Double.doubleToLongBits(number));
    }
    if (texts != null) {
      for (String text : texts) {
        put(text, bytes);
      }
    }
    return bytes.array();
  }

  /** With its length first, so that neighbouring texts can't run into each other. */
  private static void put(@Nullable String text, ByteBuffer bytes) {
    bytes.putInt(text == null ? -1 : text.length());
    for (int i = 0; text != null && i < text.length(); i++) {
      bytes.putChar(text.charAt(i));
    }
  }

  Findings findings() {
    return findings;
  }

  void isFartherOutThan(float share) {
    outlier = share;
  }

  /** Notes that a feature's name was read. Returns false if it had been read before. */
  boolean markSeen(int feature) {
    long bit = 1L << feature;
    boolean first = (seen[feature >>> 6] & bit) == 0;
    seen[feature >>> 6] |= bit;
    return first;
  }

  boolean wasSeen(int feature) {
    return (seen[feature >>> 6] & 1L << feature) != 0;
  }

  /** Whether every feature of the mask was read. */
  boolean hasSeenAll(long[] mask) {
    for (int i = 0; i < mask.length; i++) {
      if ((mask[i] & ~seen[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  void put(int feature, int slot, double value) {
    numbers[slot] = value;
    markPresent(feature);
  }

  /**
   * Keeps an element of a tensor, which counts as present only when {@link #markPresent} says so.
   */
  void putElement(int slot, double value) {
    numbers[slot] = value;
  }

  void markPresent(int feature) {
    present[feature >>> 6] |= 1L << feature;
  }

  /** Takes over a feature's value from a row of that feature alone. */
  void copy(int feature, int slot, Row value) {
    System.arraycopy(value.numbers, 0, numbers, slot, value.numbers.length);
    String text = value.text(0);
    if (text == null) {
      markPresent(feature);
    } else {
      put(feature, slot, value.numbers[0], text);
    }
  }

  void put(int feature, int slot, double value, String text) {
    put(feature, slot, value);
    if (texts == null) {
      texts = new @Nullable String[features];
    }
    texts[feature] = text;
  }
}
