package io.evenkeel.control.store;

/** Says why a row can't be read; nothing of what is in it. */
final class UnreadableRowException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableRowException(String message) {
    super(message);
  }
}
