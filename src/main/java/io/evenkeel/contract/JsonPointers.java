package io.evenkeel.contract;

/** Builds JSON Pointers (RFC 6901) that are safe to show: short, and well-formed Unicode. */
public final class JsonPointers {
  private static final int LONGEST_SEGMENT = 80;

  private JsonPointers() {}

  /** The pointer to a member of what another pointer means. */
  public static String append(String pointer, String segment) {
    return pointer
        + "/"
        + Received.shorten(segment, LONGEST_SEGMENT).replace("~", "~0").replace("/", "~1");
  }
}
