package io.evenkeel.keyring;

/** Says that something sealed can't be opened. Its message holds nothing secret. */
public final class SealBrokenException extends Exception {
  private static final long serialVersionUID = 1L;

  SealBrokenException(String message) {
    super(message);
  }
}
