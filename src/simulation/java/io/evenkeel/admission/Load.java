package io.evenkeel.admission;

/**
 * Callers of one kind. Immutable.
 *
 * @param name what the report calls them
 * @param kind what they ask for
 * @param arrivals when they come
 * @param hangUps what share of them hangs up after a fifth of the budget
 */
record Load(String name, Kind kind, Arrivals arrivals, double hangUps) {
  /** What each request asks for. */
  record Kind(Endpoint endpoint, Priority priority, int rows) {
    static final Kind SINGLE = single(Priority.NORMAL);

    static Kind single(Priority priority) {
      return new Kind(Endpoint.SINGLE, priority, 1);
    }

    static Kind batch(int rows) {
      return new Kind(Endpoint.BATCH, Priority.NORMAL, rows);
    }
  }

  /** When requests come. */
  sealed interface Arrivals {
    /**
     * Whether others are answered or not, at random (a Poisson process).
     *
     * @param calm rows as a share of what the executors get through
     * @param disturbed the same, during the disturbance
     */
    record Open(double calm, double disturbed) implements Arrivals {}

    /**
     * So many callers during the disturbance, each of whom comes again when it has been answered.
     *
     * @param thinkNanos how long each stays away
     */
    record Closed(int callers, long thinkNanos) implements Arrivals {}
  }

  static Load singles(double calm, double disturbed) {
    return new Load("singles", Kind.SINGLE, new Arrivals.Open(calm, disturbed), 0);
  }
}
