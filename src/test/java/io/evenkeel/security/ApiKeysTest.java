package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

  @TempDir private Path folder;
  private KeyFile file;
  private KeyRing ring;

  @BeforeEach
  void begin() {
    file = new KeyFile(folder.resolve("keys.json"));
    ring = new KeyRing(file, InstantSource.fixed(NOW));
  }

  private KeyRing.Made make(String name, @Nullable Duration lifetime) {
    return ring.create(name, List.of("predict"), lifetime);
  }

  private static Recognition.Reason refusal(Recognition found) {
    assertThat(found).isInstanceOf(Recognition.Refused.class);
    return ((Recognition.Refused) found).reason();
  }

  @Test
  void knowsTheHolderOfAKey() {
    String secret = make("scoring", null).secret();
    assertThat(secret).matches("ek_[0-9a-z]{8}_[0-9a-z]{50}");
    assertThat(new ApiKeys(file).recognise(secret, NOW))
        .isInstanceOfSatisfying(
            Recognition.Known.class,
            known -> assertThat(known.caller().name()).isEqualTo("scoring"));
  }

  @Test
  void refusesEachOtherSecretAndSaysNoMoreOfAPrefixThatIsThere() {
    String secret = make("scoring", null).secret();
    char last = secret.charAt(secret.length() - 1);
    String wrong = secret.substring(0, secret.length() - 1) + (last == 'a' ? 'b' : 'a');
    String unknown = secret.replaceFirst("_.{8}_", "_00000000_");
    ApiKeys keys = new ApiKeys(file);
    assertThat(refusal(keys.recognise(wrong, NOW))).isEqualTo(Recognition.Reason.UNKNOWN_KEY);
    assertThat(refusal(keys.recognise(unknown, NOW))).isEqualTo(Recognition.Reason.UNKNOWN_KEY);
    for (String odd : List.of("ek_", secret + "a", secret.substring(1), secret.replace('_', '-'))) {
      assertThat(refusal(keys.recognise(odd, NOW))).isEqualTo(Recognition.Reason.MALFORMED);
    }
  }

  @Test
  void aKeyEndsWhenItExpires() {
    String secret = make("scoring", Duration.ofDays(1)).secret();
    ApiKeys keys = new ApiKeys(file);
    Instant end = NOW.plus(Duration.ofDays(1));
    assertThat(keys.recognise(secret, end.minusMillis(1))).isInstanceOf(Recognition.Known.class);
    assertThat(refusal(keys.recognise(secret, end))).isEqualTo(Recognition.Reason.EXPIRED);
  }

  @Test
  void aRotatedKeyAndTheOneThatFollowsItAreBothGoodForAWhile() {
    KeyRing.Made old = make("scoring", Duration.ofDays(90));
    KeyRing.Made next = ring.rotate(old.kept().prefix(), Duration.ofHours(1));
    ApiKeys keys = new ApiKeys(file);
    assertThat(keys.recognise(old.secret(), NOW)).isInstanceOf(Recognition.Known.class);
    assertThat(keys.recognise(next.secret(), NOW)).isInstanceOf(Recognition.Known.class);
    Instant later = NOW.plus(Duration.ofHours(1));
    assertThat(refusal(keys.recognise(old.secret(), later))).isEqualTo(Recognition.Reason.REVOKED);
    assertThat(keys.recognise(next.secret(), later)).isInstanceOf(Recognition.Known.class);
    assertThat(next.kept().name()).isEqualTo("scoring");
    assertThat(next.kept().expires()).isEqualTo(NOW.plus(Duration.ofDays(90)));
  }

  @Test
  void revokingLaterDoesNotGiveBackWhatIsRevokedAlready() {
    KeyRing.Made made = make("scoring", null);
    ring.revoke(made.kept().prefix(), Duration.ZERO);
    ApiKey again = ring.revoke(made.kept().prefix(), Duration.ofDays(9));
    assertThat(again.revoked()).isEqualTo(NOW);
    assertThatExceptionOfType(UnusableKeysException.class)
        .isThrownBy(() -> ring.revoke("nothere0", Duration.ZERO))
        .withMessageContaining("no key with the prefix");
  }

  @Test
  void theFileHoldsNoSecretAndIsItsOwnersOnly() throws Exception {
    String secret = make("scoring", null).secret();
    String content = Files.readString(folder.resolve("keys.json"));
    assertThat(content).contains("scoring").doesNotContain(secret.substring(12));
    assertThat(Files.getPosixFilePermissions(folder.resolve("keys.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(make("other", null)).asString().doesNotContain("_");
  }

  @Test
  void twoKeysOfTheSameSecretWouldLookDifferent() {
    KeyText text = KeyText.random(new SecureRandom());
    assertThat(text.hash(new byte[] {1})).isNotEqualTo(text.hash(new byte[] {2}));
    assertThat(text).asString().doesNotContain(text.secretText().substring(12));
  }

  @Test
  void changesOfTheFileAreTakenAndAFileThatIsBrokenChangesNothing() throws Exception {
    KeyRing.Made first = make("first", null);
    ApiKeys keys = new ApiKeys(file);
    KeyRing.Made second = make("second", null);
    keys.refresh();
    assertThat(keys.recognise(second.secret(), NOW)).isInstanceOf(Recognition.Known.class);

    String good = Files.readString(folder.resolve("keys.json"));
    for (String broken : List.of("{\"keys\": [{\"name\"", "{}", "[]", "", "{\"keys\": [null]}")) {
      Files.writeString(folder.resolve("keys.json"), broken);
      keys.refresh();
      assertThat(keys.isUsable()).as(broken).isFalse();
      assertThat(keys.recognise(first.secret(), NOW)).isInstanceOf(Recognition.Known.class);
    }
    Files.delete(folder.resolve("keys.json"));
    keys.refresh();
    assertThat(keys.isUsable()).isFalse();

    Files.writeString(folder.resolve("keys.json"), good);
    keys.refresh();
    assertThat(keys.isUsable()).isTrue();
    ring.revoke(first.kept().prefix(), Duration.ZERO);
    keys.refresh();
    assertThat(refusal(keys.recognise(first.secret(), NOW))).isEqualTo(Recognition.Reason.REVOKED);
  }

  @Test
  void aFileWithAScopeOrAMemberThatIsNotKnownIsRefused() throws Exception {
    make("scoring", null);
    String good = Files.readString(folder.resolve("keys.json"));
    for (String wrong :
        List.of(
            good.replace("\"predict\"", "\"write\""),
            good.replace("\"name\"", "\"nick\""),
            good.replace("\"salt\" : \"", "\"salt\" : \"zz"))) {
      Files.writeString(folder.resolve("keys.json"), wrong);
      assertThatExceptionOfType(UnusableKeysException.class)
          .isThrownBy(() -> new ApiKeys(file))
          .withMessageContaining("isn't a file of keys");
    }
  }

  @Test
  void refusesANameThatWouldNotBeReadable() {
    for (String wrong : List.of("", "two words", "-a", "a".repeat(65), "ä")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> make(wrong, null));
    }
  }
}
