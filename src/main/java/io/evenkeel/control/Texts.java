package io.evenkeel.control;

/** How long the texts of the control state may be: as long as their columns in the store. */
final class Texts {
  static final int WORD = 100;
  static final int NAME = 200;
  static final int TOPIC = 300;
  static final int REASON = 4_000;
  static final int FACT = 10_000;
  static final int DOCUMENT = 1_000_000;

  private Texts() {}

  /**
   * A text that the store can hold. PostgreSQL's texts know no NUL.
   *
   * @throws IllegalArgumentException if it is longer than {@code most} UTF-16 units, or has a NUL
   */
  static void require(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "`%s` has %d characters, and at most %d are kept: shorten it"
              .formatted(what, text.length(), most));
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("`%s` has a NUL character: leave it out".formatted(what));
    }
  }

  /** The same, and not blank. */
  static void requireName(String what, String text, int most) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("`%s` is blank: say it".formatted(what));
    }
    require(what, text, most);
  }
}
