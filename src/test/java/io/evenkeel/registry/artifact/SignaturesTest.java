package io.evenkeel.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.SignatureCheck.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose signatures count, and what is said of the others. */
class SignaturesTest {
  private static final ArtifactPolicy POLICY = ArtifactPolicy.byDefault();

  /** The pair of RFC 8410, section 10. */
  private static final String RFC_PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String RFC_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  /** Half the SHA-256 of that public key in DER, as openssl and sha256sum tell it. */
  private static final String RFC_ID = "a1e9156054e04fac899ae9f275132cdc";

  @TempDir private Path root;
  private Path folder;
  private Path trusted;
  private SigningKey ours;
  private SigningKey foreign;

  @BeforeEach
  void makeKeys() throws IOException {
    folder = Files.createDirectory(root.resolve("1"));
    trusted = Files.createDirectory(root.resolve("trusted"));
    Files.writeString(folder.resolve("model.onnx"), "a graph");
    Manifest.write(folder, VersionFiles.list(folder, POLICY));
    Files.writeString(root.resolve("ours.pem"), RFC_PRIVATE);
    Files.writeString(trusted.resolve("ours.pub.pem"), RFC_PUBLIC);
    SigningKey.make(root.resolve("foreign.pem"));
    ours = SigningKey.read(root.resolve("ours.pem"));
    foreign = SigningKey.read(root.resolve("foreign.pem"));
  }

  private void check(Mode mode) {
    VersionFiles files = VersionFiles.list(folder, POLICY);
    new SignatureCheck(mode, trusted).check("wine 1", files, Manifest.read(files));
  }

  private void refuses(String cause) {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> check(Mode.REQUIRE))
        .satisfies(refusal -> {
          assertThat(refusal.mistakes())
              .singleElement()
              .satisfies(mistake -> {
                assertThat(mistake.cause()).contains(cause);
                assertThat(mistake.mend()).isNotBlank();
              });
        });
    assertThatCode(() -> check(Mode.WARN)).doesNotThrowAnyException();
    assertThatCode(() -> check(Mode.OFF)).doesNotThrowAnyException();
  }

  private Path signatureFile() {
    return folder.resolve(SignatureFile.NAME);
  }

  @ParameterizedTest
  @EnumSource
  void takesWhatATrustedKeyHasSigned(Mode mode) {
    ours.sign(folder, POLICY);

    assertThatCode(() -> check(mode)).doesNotThrowAnyException();
  }

  @Test
  void callsAKeyByTheDigestOfItsPublicHalf() throws IOException {
    ours.sign(folder, POLICY);

    assertThat(ours.id()).isEqualTo(RFC_ID);
    assertThat(Files.readString(signatureFile()))
        .matches("evenkeel-signatures 1\ned25519 " + RFC_ID + " [A-Za-z0-9+/]{86}==\n");
  }

  @Test
  void refusesWithoutASignature() {
    refuses("there is no signature");
  }

  @Test
  void refusesAForeignSignature() {
    foreign.sign(folder, POLICY);

    refuses("signed with " + foreign.id() + ", which is no trusted key");
  }

  @Test
  void refusesTheSignatureOfAnotherManifest() throws IOException {
    ours.sign(folder, POLICY);
    byte[] signature = Files.readAllBytes(signatureFile());
    Files.writeString(folder.resolve("model.onnx"), "another graph");
    Manifest.write(folder, VersionFiles.list(folder, POLICY));
    assertThat(signatureFile()).doesNotExist();
    Files.write(signatureFile(), signature);

    refuses("isn't one of this manifest.json");
  }

  @Test
  void refusesAForeignSignatureUnderATrustedName() throws IOException {
    foreign.sign(folder, POLICY);
    Files.writeString(
        signatureFile(), Files.readString(signatureFile()).replace(foreign.id(), ours.id()));

    refuses("isn't one of this manifest.json");
  }

  @Test
  void refusesEachChangedByteOfTheSignatures() throws IOException {
    ours.sign(folder, POLICY);
    byte[] sound = Files.readAllBytes(signatureFile());
    for (int i = 0; i < sound.length; i++) {
      for (int flip : new int[] {1, 0x20, 0x80}) {
        byte[] damaged = sound.clone();
        damaged[i] ^= (byte) flip;
        Files.write(signatureFile(), damaged);
        assertThatExceptionOfType(UnusableModelException.class)
            .as("byte %d", i)
            .isThrownBy(() -> check(Mode.REQUIRE));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          nothing, ''
          no header, 'ed25519 00 00\n'
          a header only, 'evenkeel-signatures 1\n'
          a comment, 'evenkeel-signatures 1\n# by us\n'
          an empty line, 'evenkeel-signatures 1\n\n'
          another algorithm, 'evenkeel-signatures 1\nrsa 00112233445566778899aabbccddeeff AAAA\n'
          """)
  void refusesAFileOfAnotherForm(String name, String content) throws IOException {
    Files.writeString(signatureFile(), content.replace("\\n", "\n"));

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> check(Mode.REQUIRE))
        .withMessageContaining(SignatureFile.NAME)
        .withMessageContaining("Mend: ");
  }

  @Test
  void needsOneOfSeveralSignatures() {
    foreign.sign(folder, POLICY);
    ours.sign(folder, POLICY);

    assertThatCode(() -> check(Mode.REQUIRE)).doesNotThrowAnyException();
  }

  @Test
  void takesAnotherKeyAsSoonAsItIsTrusted() throws IOException {
    foreign.sign(folder, POLICY);
    refuses("no trusted key");
    Files.copy(root.resolve("foreign.pub.pem"), trusted.resolve("next.pem"));

    assertThatCode(() -> check(Mode.REQUIRE)).doesNotThrowAnyException();
    Files.delete(trusted.resolve("next.pem"));
    refuses("no trusted key");
  }

  @Test
  void signsAnewWithoutALineMore() throws IOException {
    ours.sign(folder, POLICY);
    String once = Files.readString(signatureFile());
    ours.sign(folder, POLICY);
    assertThat(Files.readString(signatureFile())).isEqualTo(once);
    foreign.sign(folder, POLICY);

    assertThat(Files.readString(signatureFile())).startsWith(once).hasLineCount(3);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void signsNothingThatIsNotAsTheManifestSays() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "a grapH");

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> ours.sign(folder, POLICY))
        .withMessageContaining("SHA-256");
    assertThat(signatureFile()).doesNotExist();
  }

  @Test
  void startsWithoutKeysOnlyIfNoneAreNeeded() throws IOException {
    Files.delete(trusted.resolve("ours.pub.pem"));
    assertNoStart("there is no trusted key");
    Files.delete(trusted);
    assertNoStart("can't be listed");
    for (Mode mode : new Mode[] {Mode.OFF, Mode.WARN}) {
      assertThatCode(() -> new SignatureCheck(mode, trusted).requireKeys())
          .doesNotThrowAnyException();
    }
  }

  private void assertNoStart(String cause) {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> new SignatureCheck(Mode.REQUIRE, trusted).requireKeys())
        .withMessageContaining(cause)
        .withMessageContaining("Mend: ");
  }

  @Test
  void namesEachKeyThatCannotBeRead() throws IOException {
    Files.writeString(trusted.resolve("a.pem"), "no key");
    Files.writeString(trusted.resolve("b.pem"), RFC_PRIVATE);
    Files.writeString(trusted.resolve("c.pem"), RFC_PUBLIC.replace("MCow", "MDow"));
    Files.writeString(trusted.resolve("d.pem"), RFC_PUBLIC + RFC_PUBLIC);
    Files.writeString(trusted.resolve("README"), "not looked at");

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> new SignatureCheck(Mode.REQUIRE, trusted).requireKeys())
        .satisfies(refusal ->
            assertThat(refusal.mistakes())
                .extracting(mistake -> mistake.file() + ": " + mistake.cause())
                .containsExactly(
                    "a.pem: a PEM file with one PUBLIC KEY is wanted, and this has 0 blocks",
                    "b.pem: a PEM file with one PUBLIC KEY is wanted, and this has a PRIVATE"
                        + " KEY",
                    "c.pem: this is no public key of Ed25519",
                    "d.pem: a PEM file with one PUBLIC KEY is wanted, and this has 2 blocks"));
  }

  @Test
  void makesAPairThatIsKeptFromOthers() throws IOException {
    Path publicFile = SigningKey.make(root.resolve("new.pem"));

    assertThat(publicFile).hasFileName("new.pub.pem");
    assertThat(Files.getPosixFilePermissions(root.resolve("new.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(SigningKey.read(root.resolve("new.pem")).id())
        .isEqualTo(KeyId.of(Pem.publicKey(publicFile)));
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> SigningKey.make(root.resolve("new.pem")))
        .withMessageContaining("is there already");
  }

  @Test
  void refusesAPrivateKeyThatIsNone() throws IOException {
    Path file = root.resolve("other.pem");
    for (String text :
        new String[] {"", RFC_PUBLIC, RFC_PRIVATE.replace("PRIVATE", "ENCRYPTED PRIVATE")}) {
      Files.writeString(file, text);
      assertThatExceptionOfType(UnusableModelException.class)
          .isThrownBy(() -> SigningKey.read(file))
          .withMessageContaining("openssl genpkey");
    }
  }

  @Test
  void signsTheBytesOfTheManifestThemselves() throws IOException {
    Path manifest = folder.resolve(Manifest.NAME);
    Files.writeString(
        manifest,
        Files.readString(manifest).toLowerCase(Locale.ROOT) + " \n",
        StandardCharsets.UTF_8);
    ours.sign(folder, POLICY);
    assertThatCode(() -> check(Mode.REQUIRE)).doesNotThrowAnyException();
    Files.writeString(manifest, Files.readString(manifest) + " ");

    refuses("isn't one of this manifest.json");
  }
}
