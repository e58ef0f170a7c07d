package io.evenkeel.security;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are in force. A file that can't be used changes nothing. Thread-safe: they are
 * replaced as a whole.
 */
public final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  /** Compared with where no key is found, so that this takes as long. */
  private static final Entry NOBODY = new Entry(null, new byte[16], new byte[KeyText.HASH_BYTES]);

  private final KeyFile file;
  private volatile Map<String, Entry> byPrefix = Map.of();
  private volatile boolean isUsable = true;

  /** Of one thread at a time. */
  private byte[] lastSeen = new byte[0];

  /** A key, ready to be compared with. The arrays are never changed. */
  private static final class Entry {
    private final @Nullable ApiKey key;
    private final byte[] salt;
    private final byte[] hash;
    private final @Nullable KnownCaller caller;

    Entry(@Nullable ApiKey key, byte[] salt, byte[] hash) {
      this.key = key;
      this.salt = salt;
      this.hash = hash;
      this.caller = key == null ? null : new KnownCaller(key.name(), Grants.of(key.scopes()));
    }

    static Entry of(ApiKey key) {
      HexFormat hex = HexFormat.of();
      return new Entry(key, hex.parseHex(key.salt()), hex.parseHex(key.hash()));
    }
  }

  /**
   * The keys in a file.
   *
   * @throws UnusableKeysException if it can't be read or understood
   */
  public ApiKeys(KeyFile file) {
    this.file = file;
    byte[] now = file.bytes();
    use(file.parse(now));
    lastSeen = now;
  }

  /** Looks whether the file has changed. */
  synchronized void refresh() {
    try {
      byte[] now = file.bytes();
      if (!Arrays.equals(now, lastSeen)) {
        lastSeen = now;
        List<ApiKey> keys = file.parse(now);
        use(keys);
        LOG.info("{} has changed: {} API keys are in force", file.path(), keys.size());
      } else if (isUsable) {
        return;
      } else {
        // Still the file that couldn't be parsed, unless it couldn't be read only.
        use(file.parse(now));
      }
      isUsable = true;
    } catch (UnusableKeysException e) {
      if (isUsable) {
        LOG.error("The API keys stay as they were: {}; {}", e.getMessage(), e.mend());
      }
      isUsable = false;
    }
  }

  private void use(List<ApiKey> keys) {
    Map<String, Entry> entries = new HashMap<>();
    keys.forEach(key -> entries.put(key.prefix(), Entry.of(key)));
    byPrefix = Map.copyOf(entries);
  }

  /** Whether the file could be used the last time. */
  boolean isUsable() {
    return isUsable;
  }

  /** Whose key it is. */
  Recognition recognise(String text, Instant now) {
    KeyText given = KeyText.parse(text);
    if (given == null) {
      return new Recognition.Refused(Recognition.Reason.MALFORMED);
    }
    Entry found = byPrefix.getOrDefault(given.prefix(), NOBODY);
    boolean isRight = MessageDigest.isEqual(found.hash, given.hash(found.salt));
    ApiKey key = found.key;
    if (!isRight || key == null) {
      return new Recognition.Refused(Recognition.Reason.UNKNOWN_KEY);
    }
    if (key.isRevoked(now)) {
      return new Recognition.Refused(Recognition.Reason.REVOKED);
    }
    if (key.hasExpired(now)) {
      return new Recognition.Refused(Recognition.Reason.EXPIRED);
    }
    return new Recognition.Known(Objects.requireNonNull(found.caller));
  }
}
