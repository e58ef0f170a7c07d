package io.evenkeel.cli.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a version predicts. Not thread-safe. */
final class OutputTally {
  private final AnswerForm form;
  private final Map<String, Long> labels = new TreeMap<>();
  private final Quantiles main = new Quantiles();

  OutputTally(AnswerForm form) {
    this.form = form;
  }

  void add(Answer answer) {
    String label = answer.label();
    if (label != null) {
      labels.merge(label, 1L, Long::sum);
    }
    main.add(form.main(answer));
  }

  Quantiles main() {
    return main;
  }

  List<ReplayReport.LabelCount> labels() {
    return labels.entrySet().stream()
        .map(entry -> new ReplayReport.LabelCount(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(ReplayReport.LabelCount::count).reversed())
        .toList();
  }

  ReplayReport.@Nullable Distribution distribution(List<Double> edges) {
    return Histograms.of(form.mainName(), main, edges);
  }
}
