package io.evenkeel.admission;

/**
 * When a scenario's disturbance begins and ends. Immutable.
 *
 * @param calmNanos until then all is well
 * @param disturbedNanos how long it isn't
 * @param afterNanos how long it is watched from then on
 */
record Phases(long calmNanos, long disturbedNanos, long afterNanos) {
  static Phases ofSeconds(int calm, int disturbed, int after) {
    return new Phases(calm * 1_000_000_000L, disturbed * 1_000_000_000L, after * 1_000_000_000L);
  }

  /** Where a time lies. */
  enum Phase {
    BEFORE,
    DURING,
    AFTER
  }

  Phase at(long now) {
    return now < calmNanos ? Phase.BEFORE : now < recoveryStart() ? Phase.DURING : Phase.AFTER;
  }

  boolean isDisturbed(long now) {
    return at(now) == Phase.DURING;
  }

  long recoveryStart() {
    return calmNanos + disturbedNanos;
  }

  long end() {
    return recoveryStart() + afterNanos;
  }

  long nanos(Phase phase) {
    return switch (phase) {
      case BEFORE -> calmNanos;
      case DURING -> disturbedNanos;
      case AFTER -> afterNanos;
    };
  }

  double seconds(Phase phase) {
    return nanos(phase) / 1e9;
  }
}
