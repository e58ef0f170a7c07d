package io.evenkeel.admission;

import io.evenkeel.admission.Phases.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says in Markdown what came of the scenarios. */
final class Report {
  private static final String HEAD =
      """
      | %s | offered/s | admitted | queue-full | deadline-unattainable | missed | abandoned | goodput | rows/run | wait p50/p99 ms | latency p50/p99 ms |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      """;

  private final StringBuilder text = new StringBuilder();

  void add(Scenario scenario, Figures figures) {
    text.append("\n## ").append(scenario.name()).append("\n\n");
    text.append(scenario.story()).append("\n\n");
    text.append(format(HEAD, "when"));
    for (Phase phase : Phase.values()) {
      double seconds = scenario.world().phases().nanos(phase) / 1e9;
      if (seconds > 0) {
        String goodput = percent(figures.goodput(phase));
        row(phase.name().toLowerCase(Locale.ROOT), figures.of(phase), seconds, goodput);
      }
    }
    double disturbed = scenario.world().phases().disturbedNanos() / 1e9;
    if (scenario.loads().size() > 1) {
      figures.loads().forEach((load, tally) -> row(load.name(), tally, disturbed, "–"));
      text.append(format("\nFairness (Jain's index): %.3f\n", figures.fairness()));
    }
    if (scenario.world().phases().afterNanos() > 0) {
      text.append(format("\nNormal again after %d ms.\n", figures.recovery().millis()));
    }
  }

  private void row(String name, Tally tally, double seconds, String goodput) {
    text.append(
        format(
            "| %s | %.0f | %s | %s | %s | %s | %d | %s | %.1f | %s | %s |\n",
            name,
            tally.offered() / seconds,
            percent(tally.admittedShare()),
            tally.shed(Shed.Reason.QUEUE_FULL),
            tally.shed(Shed.Reason.DEADLINE_UNATTAINABLE),
            tally.missed() + " = " + percent(tally.missedShare()),
            tally.abandoned(),
            goodput,
            tally.rowsPerRun(),
            times(tally.waits()),
            times(tally.latencies())));
  }

  private static String times(Times times) {
    return format("%.1f / %.1f", times.quantile(0.5) / 1e6, times.quantile(0.99) / 1e6);
  }

  private static String percent(double share) {
    return format("%.2f %%", 100 * share);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
