package io.evenkeel.cli.replay;

import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the candidate's answers against those before, and looks for the cause. Not thread-safe. */
final class Comparison {
  /** A smaller share is no explanation that would help anybody. */
  private static final double LEAST_SHARE = 0.05;

  /** Columns that differ by less, in standard deviations, differ by rounding. */
  private static final double LEAST_DEVIATIONS = 1e-6;

  private static final int FEATURES_WITH_BINS = 3;
  private static final String ALL = "";

  private final Side candidate;
  private final @Nullable Side live;
  private final DifferenceTally tally;
  private final Attribution attribution;
  private final @Nullable ColumnTally columns;
  private final SwapTrial trial;

  /**
   * @param live the version that is compared with; null where recorded predictions are
   */
  Comparison(Side candidate, @Nullable Side live) {
    this.candidate = candidate;
    this.live = live;
    this.tally = new DifferenceTally(candidate.form());
    this.attribution = new Attribution(candidate.contract(), sketches(candidate, live));
    this.columns =
        live == null
            ? null
            : new ColumnTally(candidate.bench().preprocessor(), live.bench().preprocessor());
    this.trial = new SwapTrial(candidate.form());
  }

  private static Map<String, Sketch> sketches(Side candidate, @Nullable Side live) {
    Map<String, Sketch> sketches = new HashMap<>();
    if (live != null) {
      sketches.putAll(live.reference().map(Reference::features).orElse(Map.of()));
    }
    sketches.putAll(candidate.reference().map(Reference::features).orElse(Map.of()));
    return sketches;
  }

  /** Adds a row that both answered. */
  void add(Row row, Answer answer, Row other, Answer before) {
    boolean differs = tally.add(answer, before);
    attribution.add(row, candidate.form().differences(answer, before));
    if (differs && live != null) {
      trial.add(row, other, before);
    }
  }

  /** Adds a row that was recorded with its answer. */
  void add(Row row, Answer answer, Answer before) {
    tally.add(answer, before);
    attribution.add(row, candidate.form().differences(answer, before));
  }

  /** Adds the columns of a row that both versions take. */
  void addColumns(Passage ours, Passage theirs, int row) {
    if (columns != null && ours.position(row) >= 0 && theirs.position(row) >= 0) {
      columns.add(ours.tensors(), ours.position(row), theirs.tensors(), theirs.position(row));
    }
  }

  ReplayReport.@Nullable Differences report() {
    if (tally.rows() == 0) {
      return null;
    }
    Map<String, Double> swapped = tally.differing() == 0 ? Map.of() : swap();
    List<ReplayReport.Explanation> explanations =
        tally.differing() == 0 ? List.of() : explanations(swapped);
    return new ReplayReport.Differences(
        tally.rows(),
        tally.differing(),
        tally.disagreeing(),
        tally.quantity(),
        candidate.form().scaleName(),
        tally.size(),
        tally.distribution(),
        tally.transitions(),
        headline(explanations),
        explanations,
        swapped.get(ALL),
        columns == null ? List.of() : columns.unmatched());
  }

  private Map<String, ColumnTally.Difference> columnDifferences() {
    Map<String, ColumnTally.Difference> differences = new LinkedHashMap<>();
    if (columns != null) {
      columns
          .differences()
          .forEach((feature, difference) -> {
            if (difference.deviations() > LEAST_DEVIATIONS) {
              differences.put(feature, difference);
            }
          });
    }
    return differences;
  }

  /** By feature, and for all of them together. */
  private Map<String, Double> swap() {
    if (live == null || columns == null) {
      return Map.of();
    }
    Map<String, List<ColumnTally.Match>> groups = new LinkedHashMap<>();
    List<ColumnTally.Match> all = new ArrayList<>();
    for (String feature : columnDifferences().keySet()) {
      groups.put(feature, columns.matches(feature));
      all.addAll(columns.matches(feature));
    }
    if (!all.isEmpty()) {
      groups.put(ALL, all);
    }
    Map<String, Double> shares = trial.run(candidate.bench(), live.bench(), groups);
    // Where nothing goes away with all of them, the graphs were trained on other columns, and what
    // one feature's do says nothing.
    return shares.getOrDefault(ALL, 0.0) < LEAST_SHARE ? Map.of() : shares;
  }

  private List<ReplayReport.Explanation> explanations(Map<String, Double> swapped) {
    Map<String, ColumnTally.Difference> differing = columnDifferences();
    List<Double> explained = attribution.explained();
    List<ReplayReport.Explanation> explanations = new ArrayList<>();
    List<Feature> features = candidate.contract().features();
    for (int i = 0; i < features.size(); i++) {
      String name = features.get(i).name();
      ColumnTally.Difference difference = differing.get(name);
      explanations.add(
          new ReplayReport.Explanation(
              name,
              explained.isEmpty() ? 0 : explained.get(i),
              difference == null ? null : difference.deviations(),
              difference == null ? null : difference.column(),
              swapped.get(name),
              List.of()));
    }
    explanations.sort(Comparator.comparingDouble(ReplayReport.Explanation::weight).reversed());
    return explained.isEmpty() ? explanations : withBins(explanations);
  }

  private List<ReplayReport.Explanation> withBins(List<ReplayReport.Explanation> explanations) {
    List<ReplayReport.Explanation> complete = new ArrayList<>();
    for (ReplayReport.Explanation one : explanations) {
      boolean shown = complete.size() < FEATURES_WITH_BINS && one.weight() >= LEAST_SHARE;
      int feature = candidate.contract().indexOf(one.feature());
      complete.add(
          new ReplayReport.Explanation(
              one.feature(),
              one.explained(),
              one.columnDifference(),
              one.column(),
              one.swapped(),
              shown ? attribution.bins(feature, attribution.scores() - 1) : List.of()));
    }
    return complete;
  }

  private String headline(List<ReplayReport.Explanation> explanations) {
    if (tally.differing() == 0) {
      return "The predictions are the same.";
    }
    if (attribution.explained().isEmpty() && explanations.getFirst().swapped() == null) {
      return "There are too few rows to say which features explain the difference.";
    }
    if (explanations.getFirst().weight() < LEAST_SHARE) {
      return "No feature explains more than "
          + Figures.percent(LEAST_SHARE)
          + " of the difference: it is spread over many.";
    }
    ReplayReport.Explanation first = explanations.getFirst();
    StringBuilder words = new StringBuilder("`" + first.feature());
    if (first.explained() >= LEAST_SHARE) {
      words.append("` explains ").append(Figures.percent(first.explained()));
      words.append(" of the difference");
    } else {
      words.append("` makes the difference");
    }
    Double deviations = first.columnDifference();
    if (deviations != null) {
      words.append("; its column differs by ").append(Figures.number(deviations)).append(" sd");
    }
    Double swapped = first.swapped();
    if (swapped != null && swapped > 0) {
      words
          .append("; with the live version's column, ")
          .append(Figures.percent(swapped))
          .append(" of it goes away");
    }
    return words.append('.').toString();
  }
}
