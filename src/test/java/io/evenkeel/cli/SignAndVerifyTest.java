package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder on its way from who made it to who trusts it. */
class SignAndVerifyTest {
  @TempDir private Path root;
  private ScratchVersion version;
  private String key;
  private String trusted;

  @BeforeEach
  void makeFolders() throws IOException {
    version = new ScratchModels(root.resolve("models")).copy("diabetes/1", "diabetes/1");
    key = root.resolve("team.pem").toString();
    trusted = Files.createDirectory(root.resolve("trusted")).toString();
    Invocation made = Invocation.of("sign", "--new-key", key);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("team.pem, which is secret").contains("team.pub.pem");
    Files.move(root.resolve("team.pub.pem"), root.resolve("trusted/team.pub.pem"));
  }

  private Invocation sign() {
    return Invocation.of("sign", "--key", key, root.resolve("models").toString());
  }

  private Invocation verify(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "verify";
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = version.folder().toString();
    return Invocation.of(arguments);
  }

  @Test
  void trustsWhatWasSigned() {
    Invocation signed = sign();
    Invocation verified = verify("--trusted", trusted);

    assertThat(signed.code()).as(signed.err()).isZero();
    assertThat(signed.out()).matches("diabetes 1 is signed with key [0-9a-f]{32}\n");
    assertThat(verified.code()).as(verified.out()).isZero();
    assertThat(verified.out())
        .contains("  ok      digests    5 files, ", "  ok      signature  by the trusted key ")
        .endsWith("It can be trusted: 0 mistakes, 0 hints.\n");
  }

  @Test
  void saysThatSignaturesWereNotLookedAt() {
    assertThat(verify().out())
        .contains("  hint    signature  none", "the folder isn't signed")
        .endsWith("It can be trusted: 0 mistakes, 1 hint.\n");
    sign();
    assertThat(verify().out()).contains("wasn't looked at", "--trusted");
  }

  @Test
  void findsWhatIsNotSigned() {
    Invocation verified = verify("--trusted", trusted);

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out())
        .contains("manifest.sig: there is no signature", "evenkeel sign --key");
  }

  @Test
  void findsWhatWasChangedAfterwards() {
    sign();
    version.replace("card.yaml", "owner", "0wner");
    Invocation verified = verify("--json", "--trusted", trusted);
    JsonNode report = JsonMapper.shared().readTree(verified.out());

    assertThat(verified.code()).isEqualTo(1);
    assertThat(report.path("sound").asBoolean()).isFalse();
    JsonNode digests = report.at("/versions/0/stages/2");
    assertThat(digests.path("stage").asString()).isEqualTo("digests");
    assertThat(digests.at("/mistakes/0/file").asString()).isEqualTo("card.yaml");
    assertThat(report.at("/versions/0/stages/3/verdict").asString()).isEqualTo("ok");
  }

  @Test
  void looksAtTheGraphToo() {
    version.write("model.onnx", "garbage").seal();
    Invocation verified = verify();

    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).contains("mistake graph", "the graph can't be loaded");
  }

  @Test
  void signsNothingThatWasChanged() {
    version.replace("card.yaml", "owner", "0wner");
    Invocation signed = sign();

    assertThat(signed.code()).isEqualTo(1);
    assertThat(signed.err()).contains("card.yaml: the file's SHA-256");
    assertThat(version.folder().resolve("manifest.sig")).doesNotExist();
  }

  @Test
  void sealingAnewTakesTheSignatureAway() {
    sign();
    version.replace("card.yaml", "owner: Evenkeel maintainers", "owner: Evenkeel's maintainers");
    Invocation sealed = Invocation.of("check", "--write-manifest", version.folder().toString());

    assertThat(sealed.out()).contains("written; it has to be signed again");
    assertThat(version.folder().resolve("manifest.sig")).doesNotExist();
    assertThat(sign().code()).isZero();
    assertThat(verify("--trusted", trusted).code()).isZero();
  }

  @Test
  void sealingTheSameAgainKeepsTheSignature() {
    version.seal();
    sign();
    Invocation.of("check", "--write-manifest", version.folder().toString());

    assertThat(verify("--trusted", trusted).code()).isZero();
  }

  @Test
  void looksAtFoldersAsTheServerIsSetTo() throws IOException {
    assertThat(verify("--max-bytes", "1KB").out()).contains("at most 1024 are taken");
    version.write("mine.so", "code");
    assertThat(verify().out()).contains("mine.so: a library would run");
    assertThat(verify("--custom-ops", "mine.so").out()).contains("`mine.so` is not listed");
    Files.createSymbolicLink(
        version.folder().resolve("notes.txt"), Files.createFile(root.resolve("notes.txt")));
    assertThat(verify().out()).contains("leads out of the version's folder");
    assertThat(verify("--custom-ops", "mine.so", "--allow-links").out())
        .contains("`notes.txt` is not listed");
  }

  @Test
  void refusesACommandLineThatIsNotRight() {
    assertThat(Invocation.of("sign", version.folder().toString()).code()).isEqualTo(2);
    assertThat(Invocation.of("sign", "--key", key).code()).isEqualTo(2);
    assertThat(Invocation.of("verify").code()).isEqualTo(2);
    assertThat(verify("--max-bytes", "many").code()).isEqualTo(2);
    assertThat(verify("--trusted", root.resolve("nowhere").toString()).code()).isEqualTo(1);
  }
}
