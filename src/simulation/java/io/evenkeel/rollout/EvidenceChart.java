package io.evenkeel.rollout;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The picture of evidence over the canary's requests, of an equal and of worse canaries. */
final class EvidenceChart {
  private static final double LEFT = 70;
  private static final double TOP = 60;
  private static final double WIDTH = 600;
  private static final double HEIGHT = 260;
  private static final int MOST_REQUESTS = 800;
  private static final double LEAST_LOG = -1;
  private static final double MOST_LOG = 4;
  private static final int EVERY = 100;
  private static final String INK = "#1b2733";
  private static final String PALE = "#5b6b7a";
  private static final String EQUAL = "#0b7285";
  private static final String WORSE = "#c2410c";
  private static final String GRID = "#dde3e8";

  private final StringBuilder svg = new StringBuilder();
  private final Formatter out = new Formatter(svg, Locale.ROOT);

  private EvidenceChart() {}

  private record Point(long requests, double log10) {}

  static String draw() {
    return new EvidenceChart().drawAll();
  }

  private String drawAll() {
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 390" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Evidence over the canary's requests">
        <rect width="760" height="390" rx="8" fill="#ffffff"/>
        """);
    text(20, 28, INK, "Simulated: evidence that the canary fails more often, at a share of 5 %");
    text(LEFT, 50, PALE, "evidence");
    for (int log = (int) LEAST_LOG; log <= MOST_LOG; log++) {
      line(LEFT, LEFT + WIDTH, y(log), log == 2 ? INK : GRID, log == 2 ? "4 4" : "");
      text(LEFT - 50, y(log) + 4, PALE, Words.plain(Math.pow(10, log), 3));
    }
    text(LEFT + WIDTH + 8, y(2) + 4, INK, "rollback");
    for (int requests = 0; requests <= MOST_REQUESTS; requests += 200) {
      text(x(requests) - 10, TOP + HEIGHT + 20, PALE, String.valueOf(requests));
    }
    text(LEFT, TOP + HEIGHT + 44, PALE, "the canary's requests");
    for (long seed = 1; seed <= 3; seed++) {
      curve(EQUAL, points(World.plain("equal", v -> v), seed));
    }
    curve(WORSE, points(World.plain("2 %", v -> v.failing(0.02)), 4));
    curve(WORSE, points(World.plain("5 %", v -> v.failing(0.05)), 5));
    text(LEFT + 230, TOP + HEIGHT + 44, EQUAL, "three that fail as often as stable, 0.5 %");
    text(LEFT + 480, TOP + HEIGHT + 44, WORSE, "two that fail in 2 % and 5 %");
    return svg.append("</svg>\n").toString();
  }

  /** One step only, so that nothing is decided before the picture ends. */
  private static List<Point> points(World world, long seed) {
    RolloutPlan plan = Scenes.plan("5%", 1_000_000, "wrong", "once");
    Playing playing = new Playing(world, plan, seed);
    List<Point> points = new ArrayList<>();
    double log = 0;
    long requests = 0;
    while (requests < MOST_REQUESTS && log < MOST_LOG) {
      for (int i = 0; i < EVERY; i++) {
        playing.request();
      }
      RolloutReport report = playing.rollout().report(playing.now());
      requests = report.traffic().canaryCounted();
      log = report.evidence().getFirst().logEvidence() / Math.log(10);
      points.add(new Point(requests, Math.min(log, MOST_LOG)));
    }
    return points;
  }

  private static double x(double requests) {
    return LEFT + WIDTH * Math.min(requests, MOST_REQUESTS) / MOST_REQUESTS;
  }

  private static double y(double log10) {
    return TOP + HEIGHT * (MOST_LOG - log10) / (MOST_LOG - LEAST_LOG);
  }

  private void curve(String colour, List<Point> points) {
    svg.append("<polyline fill=\"none\" stroke=\"").append(colour);
    svg.append("\" stroke-width=\"1.5\" points=\"");
    for (Point point : points) {
      out.format("%.1f,%.1f ", x((double) point.requests()), y(Math.max(point.log10(), LEAST_LOG)));
    }
    svg.append("\"/>\n");
  }

  private void line(double from, double to, double y, String colour, String dashes) {
    out.format(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"%s\"/>\n",
        from, to, y, y, colour, dashes);
  }

  private void text(double x, double y, String colour, String words) {
    out.format("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n", x, y, colour, words);
  }
}
