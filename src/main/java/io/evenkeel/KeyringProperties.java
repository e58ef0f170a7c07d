package io.evenkeel;

import io.evenkeel.keyring.KeyFile;
import io.evenkeel.keyring.KeySource;
import io.evenkeel.keyring.KeyText;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keys come from that protect what is kept. Kept here because {@code keyring} itself
 * knows no Spring.
 *
 * @param file a file of keys, `ID:SECRET` on each line, the current one last
 * @param keys the same as text, between commas, where there is no file; better from the environment
 *     than from the command line, which others can see
 * @param poll how often the file is looked at
 */
@ConfigurationProperties("evenkeel.keyring")
record KeyringProperties(
    @DefaultValue("") String file,
    @DefaultValue("") String keys,
    @DefaultValue("5s") Duration poll) {
  KeyringProperties {
    if (!file.isEmpty() && !keys.isEmpty()) {
      throw new IllegalArgumentException(
          "evenkeel.keyring.file and evenkeel.keyring.keys are both set; keep one of them");
    }
    if (!poll.isPositive()) {
      throw new IllegalArgumentException(
          "evenkeel.keyring.poll is " + poll + "; it must be longer than nothing");
    }
  }

  /** Null where neither is set. */
  @Nullable KeySource source() {
    if (!file.isEmpty()) {
      return new KeyFile(Path.of(file));
    }
    String text = keys;
    return text.isEmpty() ? null : () -> KeyText.parse("evenkeel.keyring.keys", text);
  }

  @Override
  public String toString() {
    return "KeyringProperties[file=" + file + ", poll=" + poll + "]";
  }
}
