package io.evenkeel.cli.report;

import io.evenkeel.cli.replay.Figures;
import java.util.List;
import java.util.Locale;

/**
 * Small pictures, in colours of the page's style sheet, so that they are read in the light and in
 * the dark.
 */
final class Svg {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 180;
  private static final int LEFT = 60;
  private static final int BOTTOM = 24;
  private static final int TOP = 10;
  private static final int LABELS = 190;
  private static final int BAR = 22;

  private Svg() {}

  /**
   * A histogram.
   *
   * @param name what is distributed
   * @param edges one more than shares
   * @param shares of the candidate
   * @param others of the live version; empty without one
   */
  static String histogram(
      String name, List<Double> edges, List<Double> shares, List<Double> others) {
    StringBuilder svg = open(name, HEIGHT);
    double highest =
        Math.max(
            shares.stream().mapToDouble(Double::doubleValue).max().orElse(0),
            others.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    double scale = highest == 0 ? 0 : (HEIGHT - TOP - BOTTOM) / highest;
    double step = (double) (WIDTH - LEFT) / shares.size();
    int floor = HEIGHT - BOTTOM;
    for (int i = 0; i < shares.size(); i++) {
      double height = shares.get(i) * scale;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class='ours' x='%.1f' y='%.1f' width='%.1f' height='%.1f'><title>%s to %s: %s</title></rect>",
              LEFT + i * step + 0.5,
              floor - height,
              Math.max(1, step - 1),
              height,
              Figures.number(edges.get(i)),
              Figures.number(edges.get(i + 1)),
              Figures.percent(shares.get(i))));
    }
    if (!others.isEmpty()) {
      svg.append("<path class='theirs' d='M").append(LEFT).append(' ').append(floor);
      for (int i = 0; i < others.size(); i++) {
        double y = floor - others.get(i) * scale;
        svg.append(String.format(Locale.ROOT, "L%.1f %.1f", LEFT + i * step, y));
        svg.append(String.format(Locale.ROOT, "L%.1f %.1f", LEFT + (i + 1) * step, y));
      }
      svg.append(String.format(Locale.ROOT, "L%d %d'/>", WIDTH, floor));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class='axis' x1='%d' y1='%d' x2='%d' y2='%d'/>",
            LEFT,
            floor,
            WIDTH,
            floor));
    text(svg, LEFT, HEIGHT - 8, "start", Figures.number(edges.getFirst()));
    text(
        svg,
        (LEFT + WIDTH) / 2,
        HEIGHT - 8,
        "middle",
        Figures.number((edges.getFirst() + edges.getLast()) / 2));
    text(svg, WIDTH, HEIGHT - 8, "end", Figures.number(edges.getLast()));
    text(svg, LEFT - 6, TOP + 8, "end", Figures.percent(highest));
    text(svg, LEFT - 6, floor, "end", "0");
    return svg.append("</svg>").toString();
  }

  /**
   * A bar.
   *
   * @param label what it stands for
   * @param value its length, which may be negative
   * @param caption what stands at its end
   */
  record Bar(String label, double value, String caption) {}

  /** Horizontal bars, from a common zero. */
  static String bars(String name, List<Bar> bars) {
    StringBuilder svg = open(name, bars.size() * BAR + 6);
    double low = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
    double high = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElse(0));
    double room = WIDTH - LABELS - 90.0;
    double scale = high == low ? 0 : room / (high - low);
    double zero = LABELS - low * scale;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = i * BAR + 3;
      double from = zero + Math.min(0, bar.value()) * scale;
      double length = Math.abs(bar.value()) * scale;
      text(svg, LABELS - 8, y + 14, "end", shorten(bar.label()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class='ours' x='%.1f' y='%d' width='%.1f' height='%d'/>",
              from,
              y + 2,
              Math.max(0.5, length),
              BAR - 6));
      text(svg, zero + Math.max(0, bar.value()) * scale + 6, y + 14, "start", bar.caption());
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class='axis' x1='%.1f' y1='0' x2='%.1f' y2='%d'/>",
            zero,
            zero,
            bars.size() * BAR + 6));
    return svg.append("</svg>").toString();
  }

  private static String shorten(String label) {
    return label.length() <= 28 ? label : label.substring(0, 27) + "…";
  }

  private static StringBuilder open(String name, int height) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>",
            WIDTH,
            height,
            Html.escaped(name)));
    return svg;
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
            x,
            y,
            anchor,
            Html.escaped(words)));
  }
}
