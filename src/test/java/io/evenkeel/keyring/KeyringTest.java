package io.evenkeel.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.UnusableModelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  private static final String FIRST = "k1:" + "11".repeat(32);
  private static final String SECOND = "k2:" + "22".repeat(32);
  private static final byte[] PLAIN = bytes("a secret");
  private static final byte[] PLACE = bytes("row 7");

  private final AtomicReference<String> text = new AtomicReference<>(FIRST);
  private final Keyring ring = new Keyring(() -> KeyText.parse("test", text.get()));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void opensWhatItHasSealed() throws Exception {
    Sealer sealer = ring.sealer("test");

    byte[] sealed = sealer.seal(PLAIN, PLACE);

    assertThat(sealer.open(sealed, PLACE)).isEqualTo(PLAIN);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
    assertThat(sealer.seal(PLAIN, PLACE)).as("another nonce").isNotEqualTo(sealed);
  }

  @Test
  void whatIsChangedOrMovedDoesNotOpen() {
    Sealer sealer = ring.sealer("test");
    byte[] sealed = sealer.seal(PLAIN, PLACE);

    assertThatThrownBy(() -> sealer.open(sealed, bytes("row 8")))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> ring.sealer("another purpose").open(sealed, PLACE))
        .isInstanceOf(SealBrokenException.class);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] changed = sealed.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> sealer.open(changed, PLACE)).isInstanceOf(SealBrokenException.class);
    }
  }

  @Test
  void theLastKeySealsAndAllOpen() throws Exception {
    Sealer sealer = ring.sealer("test");
    byte[] old = sealer.seal(PLAIN, PLACE);
    text.set(FIRST + "\n" + SECOND);

    assertThat(ring.refresh()).isTrue();

    assertThat(ring.ids()).containsExactly("k1", "k2");
    assertThat(sealer.open(old, PLACE)).isEqualTo(PLAIN);
    byte[] anew = sealer.seal(PLAIN, PLACE);
    text.set(SECOND);
    ring.refresh();
    assertThat(sealer.open(anew, PLACE)).isEqualTo(PLAIN);
    assertThatThrownBy(() -> sealer.open(old, PLACE))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("the key it was sealed with isn't there");
  }

  @Test
  void rotatesUnderLoadWithoutAFailure() throws Exception {
    Sealer sealer = ring.sealer("test");
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        callers.add(
            threads.submit(() -> {
              int opened = 0;
              while (!over.get()) {
                assertThat(sealer.open(sealer.seal(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
                opened++;
              }
              return opened;
            }));
      }
      StringBuilder keys = new StringBuilder(FIRST);
      for (int i = 2; i < 50; i++) {
        keys.append("\nk")
            .append(i)
            .append(':')
            .append(HexFormat.of().toHexDigits((byte) i).repeat(32));
        text.set(keys.toString());
        assertThat(ring.refresh()).isTrue();
      }
      over.set(true);
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isPositive();
      }
    }
  }

  @Test
  void keepsItsKeysWhereTheNewOnesCannotBeUsed() {
    text.set("k1:" + "33".repeat(32));
    assertThatThrownBy(ring::refresh).hasMessageContaining("another secret than before");
    text.set("");
    assertThatThrownBy(ring::refresh).hasMessageContaining("there is no key");

    assertThat(ring.ids()).containsExactly("k1");
  }

  @Test
  void tellsWhatIsWrongWithAKeyWithoutItsSecret() {
    assertThatThrownBy(() -> KeyText.parse("audit.keys", "# mine\n\nk1:abcdef0123"))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("audit.keys:3")
        .hasMessageContaining("openssl rand -hex 32")
        .hasMessageNotContaining("abcdef0123");
    assertThatThrownBy(() -> KeyText.parse("audit.keys", FIRST + "\n" + FIRST))
        .hasMessageContaining("stands twice");
    assertThatThrownBy(() -> KeyText.parse("audit.keys", "11".repeat(32)))
        .hasMessageContaining("id and a colon")
        .hasMessageNotContaining("1111");
  }

  @Test
  void derivesKeysByHkdf() {
    // RFC 5869 without a salt, computed by Python's hmac: expand(extract(0*32, ikm), info).
    byte[] derived = Keyring.derive(KeyText.parse("test", FIRST).getFirst(), "test");

    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("261b426670a895c87d096cf0775f0331c2a3239957bd4d9c6097d48574661215");
  }

  @Test
  void codesAreHmacs() throws Exception {
    Authenticator.Keyed keyed = ring.authenticator("test").current();

    assertThat(keyed.keyId()).isEqualTo("k1");
    assertThat(HexFormat.of().formatHex(keyed.code(bytes("message"))))
        .isEqualTo("26ec456aa6759be3273c8631ef0293bffd14e726fe3548c4559d0edfbe0b547d");
    assertThat(ring.authenticator("test").by("k1").code(bytes("message")))
        .isEqualTo(keyed.code(bytes("message")));
  }

  @Test
  void aFileThatOthersMayReadIsRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.keys");
    new KeyFile(file).add("k1");
    new KeyFile(file).add("k2");
    assertThat(new Keyring(new KeyFile(file)).ids()).containsExactly("k1", "k2");
    assertThatThrownBy(() -> new KeyFile(file).add("k1")).hasMessageContaining("is taken");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> new Keyring(new KeyFile(file))).hasMessageContaining("chmod 600");
    assertThatThrownBy(() -> new Keyring(new KeyFile(folder.resolve("none"))))
        .hasMessageContaining("can't be read");
  }
}
