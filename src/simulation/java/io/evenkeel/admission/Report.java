package io.evenkeel.admission;

import io.evenkeel.admission.Phases.Phase;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page that says what came of the simulation. */
final class Report {
  private static final String INTRODUCTION =
      """
      # Simulation of the lane

      Written by `LaneSimulationTest`. Change the scenarios or the lane, not this page.

      The lane's own decisions (who enters, who is next, what runs together, when a run is ended) are driven
      here in virtual time: the code that serves requests, without its threads and its clock. So each incident takes
      milliseconds, and comes out the same on every machine. A change to the lane changes this page, and the diff shows its effect.

      ![Goodput and latency against load](simulation.svg)

      How to read the tables:

      - **Load** is relative to capacity: 1 is what the two executors get through in the largest batches, 6400 rows a second. A run of
        one row takes 3.8 ms, of 32 rows 10 ms, give or take a tenth. The budget is 50 ms, 2 s for batches.
      - **admitted**: the share that was let in. **queue-full** and **deadline-unattainable**: how many were refused, and why.
      - **missed**: who was let in, stayed, and wasn't answered by the deadline. **hung up**: who was let in and didn't stay.
      - **goodput**: rows answered in time, as a share of capacity. **rows/run**: how many rows ran together on average.
      - **wait** and **latency**, in milliseconds: of those who were answered; in the waiting room, and from arrival to answer.
      - **Normal again**: how long after a disturbance nobody is refused or misses, and latency is at most one and a half times as before.
      - Rows with the callers' names: the disturbed time only.
      """;

  private static final String HEAD =
      """
      | %s | offered/s | admitted | queue-full | deadline-unattainable | missed | hung up | goodput | rows/run | wait p50 | p99 | latency p50 | p99 |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      """;

  private final StringBuilder text = new StringBuilder(INTRODUCTION);
  private final Formatter out = new Formatter(text, Locale.ROOT);

  /** A chapter on a scenario. */
  void add(Scenario scenario, Figures figures) {
    Phases phases = scenario.world().phases();
    out.format("\n## %s\n\n%s\n\n", scenario.name(), scenario.story());
    out.format(HEAD, "when");
    for (Phase phase : Phase.values()) {
      if (phases.nanos(phase) > 0) {
        String name = phase.name().toLowerCase(Locale.ROOT);
        row(name, figures.of(phase), phases.seconds(phase), figures.goodput(phase));
      }
    }
    if (scenario.loads().size() > 1) {
      for (Map.Entry<Load, Tally> load : figures.loads().entrySet()) {
        double seconds = phases.seconds(Phase.DURING);
        row(load.getKey().name(), load.getValue(), seconds, Double.NaN);
      }
    }
    if (scenario.hasEqualLoads()) {
      out.format("\nFairness (Jain's index of the admitted shares): %.3f\n", figures.fairness());
    }
    if (phases.nanos(Phase.AFTER) > 0) {
      out.format("\nNormal again after %s.\n", normalAgain(figures));
    }
  }

  /** A chapter on what remains of the lane under more and more load. */
  void addSweep(List<Sweep.Point> points) {
    text.append("\n## Load that stays\n\nSingle requests for three seconds.\n\n");
    out.format(HEAD, "load");
    for (Sweep.Point point : points) {
      Figures figures = point.figures();
      double goodput = figures.goodput(Phase.DURING);
      row(
          String.format(Locale.ROOT, "%.2f", point.load()),
          figures.of(Phase.DURING),
          Sweep.SECONDS,
          goodput);
    }
  }

  private static String normalAgain(Figures figures) {
    long millis = figures.recovery().millis();
    return millis == Recovery.NEVER ? "longer than was watched" : millis + " ms";
  }

  private void row(String name, Tally tally, double seconds, double goodput) {
    out.format(
        "| %s | %.0f | %s | %d | %d | %s | %d | %s | %s | %s | %s | %s | %s |\n",
        name,
        tally.offered() / seconds,
        percent(tally.admittedShare()),
        tally.shed(Shed.Reason.QUEUE_FULL),
        tally.shed(Shed.Reason.DEADLINE_UNATTAINABLE),
        missed(tally),
        tally.hungUp(),
        Double.isNaN(goodput) ? "" : percent(goodput),
        tally.rowsRun() == 0 ? "" : String.format(Locale.ROOT, "%.1f", tally.rowsPerRun()),
        millis(tally.waits(), 0.5),
        millis(tally.waits(), 0.99),
        millis(tally.latencies(), 0.5),
        millis(tally.latencies(), 0.99));
  }

  private static String missed(Tally tally) {
    return tally.missed() == 0
        ? "0"
        : String.format(Locale.ROOT, "%d (%.2f %%)", tally.missed(), 100 * tally.missedShare());
  }

  private static String millis(Times times, double share) {
    return times.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", times.quantile(share) / 1e6);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
