package io.evenkeel.contract.compatibility;

/** Whom a change of a contract concerns; the gravest first. */
public enum Impact {
  /** A client that keeps the old contract can be refused, or gets an answer it can't read. */
  BREAKING(Bump.MAJOR),
  /** Clients notice, and go on working. */
  COMPATIBLE(Bump.MINOR),
  /** Only how the model gets at its answer: another model would be no other change to clients. */
  MODEL(Bump.NONE),
  /** Only what people read. */
  DOCUMENTATION(Bump.PATCH);

  private final Bump bump;

  Impact(Bump bump) {
    this.bump = bump;
  }

  /** The step of {@code schemaVersion} that such a change needs at least. */
  public Bump bump() {
    return bump;
  }
}
