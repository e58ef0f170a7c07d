package io.evenkeel.monitoring.feedback;

/** Feedback can't be taken at present; the text says why. */
public final class FeedbackUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FeedbackUnavailableException(String message) {
    super(message);
  }
}
