package io.evenkeel.registry.artifact.graph;

/**
 * The fields of a message that may come once. Of a second one protobuf would take the last value,
 * and of messages the two merged: what was looked at in halves would be loaded as a whole. Not
 * thread-safe.
 */
final class Singulars {
  private final String message;
  private long seen;

  /**
   * @param message what the message is, for people
   */
  Singulars(String message) {
    this.message = message;
  }

  /** Notes a field, whose number is below 64. Returns whether this is the first time. */
  boolean first(int field) throws MalformedGraphException {
    long bit = 1L << field;
    if ((seen & bit) != 0) {
      throw new MalformedGraphException(message + " has its field " + field + " twice");
    }
    seen |= bit;
    return true;
  }

  boolean has(int field) {
    return (seen & (1L << field)) != 0;
  }
}
