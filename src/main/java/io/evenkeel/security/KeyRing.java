package io.evenkeel.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes keys, takes them back, and replaces them without a gap. */
public final class KeyRing {
  private static final int SALT_BYTES = 16;

  private final KeyFile file;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public KeyRing(KeyFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * A key that has just been made.
   *
   * @param kept what the file has of it
   * @param secret what its holder sends; it is nowhere else
   */
  public record Made(ApiKey kept, String secret) {
    /** Says no secret, whoever logs it. */
    @Override
    public String toString() {
      return "Made[" + kept.prefix() + "]";
    }
  }

  /**
   * Makes a key.
   *
   * @param lifetime null for ever
   * @throws IllegalArgumentException if the name or a scope can't be used
   */
  public Made create(String name, List<String> scopes, @Nullable Duration lifetime) {
    Made made = make(name, scopes, lifetime);
    file.change(keys -> with(keys, made.kept()));
    return made;
  }

  private Made make(String name, List<String> scopes, @Nullable Duration lifetime) {
    KeyText text = KeyText.random(random);
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Instant now = now();
    Instant expires = lifetime == null ? null : now.plus(lifetime);
    return new Made(ApiKey.of(text, name, salt, scopes, now, expires), text.secretText());
  }

  /** In seconds: people read it. */
  private Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  private static List<ApiKey> with(List<ApiKey> keys, ApiKey key) {
    List<ApiKey> more = new ArrayList<>(keys);
    more.add(key);
    return more;
  }

  /**
   * Takes a key back.
   *
   * @param after how long it is still good
   * @return the key as it is kept now
   */
  public ApiKey revoke(String prefix, Duration after) {
    Instant end = now().plus(after);
    file.change(keys -> keys.stream().map(key -> ended(key, prefix, end)).toList());
    return require(file.read(), prefix);
  }

  private ApiKey ended(ApiKey key, String prefix, Instant end) {
    boolean isMeant = key.prefix().equals(prefix);
    boolean endsSooner = key.revoked() != null && key.revoked().isBefore(end);
    return isMeant && !endsSooner ? key.revokedAt(end) : key;
  }

  /**
   * Makes a key with the name, rights and lifetime of another, which stays good for a while.
   *
   * @param overlap how long both are good
   */
  public Made rotate(String prefix, Duration overlap) {
    ApiKey old = require(file.read(), prefix);
    Duration lifetime =
        old.expires() == null ? null : Duration.between(old.created(), old.expires());
    Made made = make(old.name(), old.scopes(), lifetime);
    Instant end = now().plus(overlap);
    file.change(keys -> {
      require(keys, prefix);
      return with(keys.stream().map(key -> ended(key, prefix, end)).toList(), made.kept());
    });
    return made;
  }

  private static ApiKey require(List<ApiKey> keys, String prefix) {
    return keys.stream()
        .filter(key -> Objects.equals(key.prefix(), prefix))
        .findFirst()
        .orElseThrow(() ->
            new UnusableKeysException(
                "there is no key with the prefix `" + prefix + "`",
                "`evenkeel key list` shows the prefixes"));
  }
}
