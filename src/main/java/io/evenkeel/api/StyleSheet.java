package io.evenkeel.api;

import io.evenkeel.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A style sheet that stands in a page, and the policy under which the page shows it and loads
 * nothing at all. Immutable.
 */
final class StyleSheet {
  private final String text;
  private final String policy;

  private StyleSheet(String text) {
    this.text = text;
    this.policy =
        "default-src 'none'; style-src 'sha256-"
            + digest(text)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Reads one that lies beside the classes. */
  static StyleSheet named(String file) {
    try (InputStream source =
        Objects.requireNonNull(StyleSheet.class.getResourceAsStream(file), file)) {
      return new StyleSheet(new String(source.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return text;
  }

  /** The value of {@code Content-Security-Policy} for a page with this style sheet alone. */
  String policy() {
    return policy;
  }

  private static String digest(String text) {
    byte[] digest = Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
