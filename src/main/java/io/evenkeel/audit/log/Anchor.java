package io.evenkeel.audit.log;

/**
 * What somebody remembers of a log elsewhere: that a record of this number had this hash.
 *
 * @param seq the record's number
 * @param hash 64 hexadecimal digits
 */
public record Anchor(long seq, String hash) {
  private static final String FORM = "[1-9]\\d{0,17}:[0-9a-f]{64}";

  /**
   * Reads {@code NUMBER:HASH}.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static Anchor parse(String text) {
    if (!text.matches(FORM)) {
      throw new IllegalArgumentException(
          "write an anchor as NUMBER:HASH, the hash in 64 hex digits");
    }
    int colon = text.indexOf(':');
    return new Anchor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
