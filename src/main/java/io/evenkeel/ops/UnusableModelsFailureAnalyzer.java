package io.evenkeel.ops;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with the models' folder or its routes when the server can't start for it, and
 * what to do.
 */
final class UnusableModelsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableModelException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnusableModelException cause) {
    String description =
        cause.mistakes().stream()
            .map(mistake -> place(mistake) + mistake.cause())
            .collect(Collectors.joining("\n"));
    String action =
        cause.mistakes().stream()
            .map(mistake -> place(mistake) + mistake.mend())
            .collect(Collectors.joining("\n"));
    return new FailureAnalysis(description, action, cause);
  }

  private static String place(Mistake mistake) {
    return mistake.line() > 0
        ? mistake.file() + ":" + mistake.line() + ": "
        : mistake.file() + ": ";
  }
}
