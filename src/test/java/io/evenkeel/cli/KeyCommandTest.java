package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
  private static final Pattern KEY =
      Pattern.compile("^(ek_([0-9a-z]{8})_[0-9a-z]{50})$", Pattern.MULTILINE);

  @TempDir private Path folder;
  private String keys;

  @BeforeEach
  void nameTheFile() {
    keys = folder.resolve("secrets/keys.json").toString();
  }

  private Matcher make(String... scopes) {
    Invocation made =
        Invocation.of(
            "key", "create", "scoring", "--scope", String.join(",", scopes), "--keys", keys);
    assertThat(made.code()).as(made.err()).isZero();
    return key(made);
  }

  private static Matcher key(Invocation made) {
    Matcher key = KEY.matcher(made.out());
    assertThat(key.find()).as(made.out()).isTrue();
    return key;
  }

  private Invocation list() {
    return Invocation.of("key", "list", "--keys", keys);
  }

  @Test
  void showsAKeyOnceAndListsItWithoutItsSecret() throws Exception {
    Matcher key = make("predict:m", "read");
    assertThat(list().out())
        .contains(key.group(2), "scoring", "good", "predict:m read")
        .doesNotContain(key.group(1));
    assertThat(Files.readString(Path.of(keys))).doesNotContain(key.group(1).substring(12));
  }

  @Test
  void replacesAKeyAndTakesItBack() {
    String old = make("read").group(2);
    Invocation rotated = Invocation.of("key", "rotate", old, "--overlap", "1h", "--keys", keys);
    assertThat(rotated.code()).as(rotated.err()).isZero();
    String next = key(rotated).group(2);
    assertThat(next).isNotEqualTo(old);
    assertThat(list().out()).containsPattern(old + " .*good").containsPattern(next + " .*good");

    Invocation revoked = Invocation.of("key", "revoke", old, "--keys", keys);
    assertThat(revoked.code()).as(revoked.err()).isZero();
    assertThat(list().out()).containsPattern(old + " .*ended").containsPattern(next + " .*good");
  }

  @Test
  void saysWhatIsWrongWithAScopeADurationOrAFile() {
    Invocation scope = Invocation.of("key", "create", "a", "--scope", "write", "--keys", keys);
    assertThat(scope.code()).isEqualTo(2);
    assertThat(scope.err()).contains("`write` is no scope").contains("predict:loan-default");
    Invocation time =
        Invocation.of("key", "create", "a", "--scope", "read", "--expires", "soon", "--keys", keys);
    assertThat(time.code()).isEqualTo(2);
    assertThat(time.err()).contains("90d");
    Invocation missing = list();
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("can't be read").contains("evenkeel key create");
    make("read");
    assertThat(Invocation.of("key", "revoke", "nothere0", "--keys", keys).err())
        .contains("evenkeel key list");
  }
}
