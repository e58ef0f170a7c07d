package io.evenkeel.admission;

import io.evenkeel.admission.Phases.Phase;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The picture of goodput and latency against load. */
final class Chart {
  private static final double LEFT = 70;
  private static final double WIDTH = 600;
  private static final double LEAST_LOAD = 0.25;
  private static final double MOST_LOAD = 10;
  private static final String INK = "#1b2733";
  private static final String PALE = "#5b6b7a";
  private static final String GOOD = "#0b7285";
  private static final String SLOW = "#c2410c";
  private static final String GRID = "#dde3e8";

  private final List<Sweep.Point> points;
  private final StringBuilder svg = new StringBuilder();
  private final Formatter out = new Formatter(svg, Locale.ROOT);

  private Chart(List<Sweep.Point> points) {
    this.points = points;
  }

  /** A part of the picture, with an axis from zero. */
  private record Panel(double top, double height, double most) {
    double y(double value) {
      return top + height * (1 - value / most);
    }
  }

  static String draw(List<Sweep.Point> points) {
    return new Chart(points).draw();
  }

  private String draw() {
    double budget = Scenarios.BUDGET.toNanos() / 1e6;
    Panel goodput = new Panel(70, 150, 100);
    Panel latency = new Panel(280, 150, 1.2 * budget);
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 490" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Goodput and latency against load">
        <rect width="760" height="490" rx="8" fill="#ffffff"/>
        """);
    text(20, 30, INK, "Simulated: what a lane does under more than it can do");
    axis(goodput, 25, "goodput, % of capacity");
    line(goodput, GOOD, point -> 100 * point.figures().goodput(Phase.DURING), "goodput");
    axis(latency, 10, "latency of the answered, ms");
    out.format(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"4 4\"/>\n",
        LEFT, LEFT + WIDTH, latency.y(budget), latency.y(budget), PALE);
    text(LEFT + WIDTH + 8, latency.y(budget) + 4, PALE, "budget");
    line(latency, SLOW, point -> millis(point, 0.99), "p99");
    line(latency, GOOD, point -> millis(point, 0.5), "p50");
    text(LEFT, 478, PALE, "load, as a multiple of capacity");
    return svg.append("</svg>\n").toString();
  }

  private static double millis(Sweep.Point point, double share) {
    return point.figures().of(Phase.DURING).latencies().quantile(share) / 1e6;
  }

  private void axis(Panel panel, int step, String title) {
    text(LEFT, panel.top() - 12, PALE, title);
    for (int value = 0; value <= panel.most(); value += step) {
      double y = panel.y(value);
      out.format(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
          LEFT, LEFT + WIDTH, y, y, GRID);
      text(LEFT - 30, y + 4, PALE, Integer.toString(value));
    }
    for (double load : new double[] {0.25, 0.5, 1, 2, 5, 10}) {
      String name = load < 1 ? Double.toString(load) : Integer.toString((int) load);
      text(x(load) - 5, panel.y(0) + 18, PALE, name);
    }
  }

  private void line(Panel panel, String colour, ToDoubleFunction<Sweep.Point> value, String name) {
    StringBuilder path = new StringBuilder();
    for (Sweep.Point point : points) {
      path.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", x(point.load()), panel.y(value.applyAsDouble(point))));
    }
    out.format(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
        path.toString().strip(), colour);
    double end = panel.y(value.applyAsDouble(points.getLast()));
    text(LEFT + WIDTH + 8, end + 4, colour, name);
  }

  /** Loads are drawn on a logarithmic scale. */
  private static double x(double load) {
    double share = StrictMath.log(load / LEAST_LOAD) / StrictMath.log(MOST_LOAD / LEAST_LOAD);
    return LEFT + WIDTH * share;
  }

  private void text(double x, double y, String colour, String words) {
    out.format("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n", x, y, colour, words);
  }
}
