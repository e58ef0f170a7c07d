package io.evenkeel.audit.log;

import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.registry.artifact.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record that is signed, and by which all before it is: its {@code prev} depends on each of their
 * bytes. Immutable.
 *
 * @param log the log's id
 * @param seq its own number
 * @param prev the hash of the record before
 * @param keyId whose signature it has
 * @param signature of Ed25519, in base64
 */
record Checkpoint(String log, long seq, String prev, String keyId, String signature) {
  static final String KIND = "checkpoint";

  /** Signs. */
  static Checkpoint sign(String log, long seq, String prev, SigningKey key) {
    byte[] signature = key.signature(statement(log, seq, prev));
    return new Checkpoint(log, seq, prev, key.id(), Base64.getEncoder().encodeToString(signature));
  }

  private static byte[] statement(String log, long seq, String prev) {
    return ("evenkeel audit checkpoint 1\n" + log + "\n" + seq + "\n" + prev + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a record of this kind; null where it lacks something. */
  static @Nullable Checkpoint read(RecordLine line) {
    JsonNode json = line.json();
    String key = json.path("key").asString("");
    String signature = json.path("signature").asString("");
    return key.isEmpty() || signature.isEmpty()
        ? null
        : new Checkpoint(json.path("log").asString(""), line.seq(), line.prev(), key, signature);
  }

  /** Whether one of the keys has signed exactly this. */
  boolean isBy(TrustedKeys keys) {
    try {
      return keys.confirms(keyId, Base64.getDecoder().decode(signature), statement(log, seq, prev));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
