package io.evenkeel.security;

/** The file of keys can't be read, changed or used. */
public final class UnusableKeysException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String mend;

  /**
   * @param cause what is wrong, without any secret
   * @param mend what to do
   */
  public UnusableKeysException(String cause, String mend) {
    super(cause);
    this.mend = mend;
  }

  /** What to do about it. */
  public String mend() {
    return mend;
  }
}
