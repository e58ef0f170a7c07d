package io.evenkeel.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the server doesn't start with such settings for its callers, and what to do. */
final class SecurityFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
    return switch (cause) {
      case Exposure.ExposedServerException exposed ->
          new FailureAnalysis(exposed.getMessage(), exposed.mend(), exposed);
      case UnusableKeysException keys -> new FailureAnalysis(keys.getMessage(), keys.mend(), keys);
      default -> null;
    };
  }
}
