package io.evenkeel.admission;

/** How much a request matters when there isn't room for all; the most important first. */
public enum Priority {
  /** Has room of its own that nobody else may take. */
  CRITICAL(1.0),
  NORMAL(0.9),
  /** The first to be refused. */
  SHEDDABLE(0.5);

  private final double shareOfRoom;

  Priority(double shareOfRoom) {
    this.shareOfRoom = shareOfRoom;
  }

  /**
   * How full the lane may be, as a share of its room, for a request of this priority to enter. Time
   * to wait is room too: it may expect to wait this share of the time it has.
   */
  double shareOfRoom() {
    return shareOfRoom;
  }
}
