package io.evenkeel.audit;

import io.evenkeel.contract.Row;
import io.evenkeel.keyring.Authenticator;
import io.evenkeel.keyring.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprints of rows: the same row of a model has the same one, and without the key nobody can
 * try out which row one is of. HMAC-SHA-256 over the model's name and the row's canonical bytes, of
 * which the first 128 bits are kept (as NIST SP 800-107, section 5.3, allows). Thread-safe.
 */
public final class Fingerprints {
  private static final int BYTES = 16;
  private static final String PURPOSE = "audit fingerprints";

  private final Authenticator authenticator;

  public Fingerprints(Keyring ring) {
    this.authenticator = ring.authenticator(PURPOSE);
  }

  /**
   * Fingerprints of some rows.
   *
   * @param keyId of the key they were made with
   * @param hex one for each row, in their order
   */
  public record Prints(String keyId, List<String> hex) {
    public Prints {
      hex = List.copyOf(hex);
    }
  }

  /** With the current key. */
  Prints of(String model, List<Row> rows) {
    Authenticator.Keyed keyed = authenticator.current();
    byte[] name = model.getBytes(StandardCharsets.UTF_8);
    List<String> hex = new ArrayList<>(rows.size());
    for (Row row : rows) {
      byte[] values = row.canonicalBytes();
      byte[] message =
          ByteBuffer.allocate(name.length + 1 + values.length)
              .put(name)
              .put((byte) 0)
              .put(values)
              .array();
      hex.add(HexFormat.of().formatHex(keyed.code(message), 0, BYTES));
    }
    return new Prints(keyed.keyId(), hex);
  }
}
