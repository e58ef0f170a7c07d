package io.evenkeel.cli.replay;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the candidate's answers are from others. Not thread-safe. */
final class DifferenceTally {
  /** Less is rounding: the graphs compute in 32 bits. */
  private static final double ROUNDING = 1e-6;

  private static final double FARTHEST = 0.002;
  private static final int MOST_TRANSITIONS = 400;
  private static final int SHOWN_TRANSITIONS = 10;

  private final AnswerForm form;
  private final Quantiles sizes = new Quantiles();
  private final Quantiles changes = new Quantiles();
  private final Map<Change, Long> transitions = new LinkedHashMap<>();
  private long rows;
  private long differing;
  private long disagreeing;

  private record Change(String from, String to) {}

  DifferenceTally(AnswerForm form) {
    this.form = form;
  }

  /**
   * Adds a row.
   *
   * @param before what the live version answered, or what was recorded
   * @return whether the answers differ beyond rounding
   */
  boolean add(Answer candidate, Answer before) {
    rows++;
    double distance = form.distance(candidate, before);
    sizes.add(distance);
    changes.add(form.main(candidate) - form.main(before));
    boolean changed = changesLabel(candidate, before);
    double scale =
        form.kind() == AnswerForm.Kind.PROBABILITIES ? 1 : Math.max(1, Math.abs(form.main(before)));
    boolean differs = changed || distance > ROUNDING * scale;
    differing += differs ? 1 : 0;
    return differs;
  }

  private boolean changesLabel(Answer candidate, Answer before) {
    String from = before.label();
    String to = candidate.label();
    if (from == null || to == null || from.equals(to)) {
      return false;
    }
    disagreeing++;
    Change change = new Change(from, to);
    if (transitions.size() < MOST_TRANSITIONS || transitions.containsKey(change)) {
      transitions.merge(change, 1L, Long::sum);
    }
    return true;
  }

  long rows() {
    return rows;
  }

  long differing() {
    return differing;
  }

  long disagreeing() {
    return disagreeing;
  }

  ReplayReport.Size size() {
    return new ReplayReport.Size(
        sizes.mean(), sizes.at(0.5), sizes.at(0.9), sizes.at(0.99), sizes.greatest());
  }

  String quantity() {
    return switch (form.kind()) {
      case PROBABILITIES -> "largest difference of a probability";
      case VALUE -> "difference of the value";
      case RAW -> "largest difference of a number of the outputs";
    };
  }

  ReplayReport.@Nullable Distribution distribution() {
    // A few rows far out would press all the others into one bin; they count into the outer ones.
    double farthest = Math.max(-changes.at(FARTHEST), changes.at(1 - FARTHEST));
    double end = farthest > 0 ? farthest : Math.max(-changes.least(), changes.greatest());
    return Histograms.of("change of the " + form.mainName(), changes, Histograms.edges(-end, end));
  }

  List<ReplayReport.Transition> transitions() {
    return transitions.entrySet().stream()
        .map(entry ->
            new ReplayReport.Transition(
                entry.getKey().from(), entry.getKey().to(), entry.getValue()))
        .sorted(Comparator.comparingLong(ReplayReport.Transition::count).reversed())
        .limit(SHOWN_TRANSITIONS)
        .toList();
  }
}
