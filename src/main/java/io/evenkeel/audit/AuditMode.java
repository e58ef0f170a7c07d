package io.evenkeel.audit;

/** Whether requests are recorded, and who waits for it. In order of strictness. */
public enum AuditMode {
  /** They aren't. */
  OFF,
  /** They are, soon; nobody waits, and what there is no room for is lost and counted. */
  ASYNC,
  /** They are, on disk, before their answers leave; without that there is no answer. */
  DURABLE;

  /** The stricter of two. */
  AuditMode or(AuditMode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
