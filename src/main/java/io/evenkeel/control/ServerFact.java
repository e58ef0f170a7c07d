package io.evenkeel.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What one of the servers that share a store knows for itself, and others may read.
 *
 * @param topic what it is about, at most 300 characters
 * @param server what tells the server from others, at most 200 characters
 * @param at when the server said so, by its own clock; kept in whole microseconds
 * @param document what it knows, at most 1,000,000 characters
 */
public record ServerFact(String topic, String server, Instant at, String document) {
  /** The longest document. */
  public static final int LONGEST = Texts.DOCUMENT;

  public ServerFact {
    Texts.requireName("topic", topic, Texts.TOPIC);
    Texts.requireName("server", server, Texts.NAME);
    at = Objects.requireNonNull(at, "at").truncatedTo(ChronoUnit.MICROS);
    Texts.require("document", document, LONGEST);
  }
}
