package io.evenkeel.cli.draft;

import io.evenkeel.cli.draft.OutputDraft.Task;
import io.evenkeel.inference.OutputTensor;
import io.evenkeel.inference.OutputTensor.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what a graph's outputs mean: from their names, types and sizes, and from what the graph
 * answers to some rows.
 */
final class OutputGuess {
  private static final Pattern PROBABILITY =
      Pattern.compile("prob|softmax|sigmoid", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABEL = Pattern.compile("label|class", Pattern.CASE_INSENSITIVE);
  private static final Set<Kind> DECIMALS = EnumSet.of(Kind.FLOAT, Kind.HALF, Kind.DOUBLE);
  private static final Set<Kind> NAMES = EnumSet.of(Kind.STRING, Kind.INT64, Kind.INT32);
  private static final String UNKNOWN = "";
  private static final double ROUNDING = 1e-3;

  private final List<OutputTensor> outputs;
  private final List<Map<String, Object>> answers;
  private final List<String> classes;

  /**
   * @param answers all outputs for some rows; empty where none could be run
   * @param classes what the data call the classes, in order; empty where they don't say
   */
  OutputGuess(List<OutputTensor> outputs, List<Map<String, Object>> answers, List<String> classes) {
    this.outputs = outputs;
    this.answers = answers;
    this.classes = classes;
  }

  OutputDraft guess() {
    OutputTensor scores = scores();
    if (scores != null) {
      return scores.kind() == Kind.MAPS ? maps(scores) : classification(scores);
    }
    OutputTensor value = onlyOne(output -> DECIMALS.contains(output.kind()) && width(output) == 1);
    boolean alone = outputs.size() == 1;
    if (value == null && alone && NAMES.contains(outputs.getFirst().kind())) {
      OutputTensor whole = outputs.getFirst();
      boolean isNumber = whole.kind() != Kind.STRING && width(whole) == 1;
      value = isNumber && !LABEL.matcher(whole.name()).find() ? whole : null;
    }
    if (value != null && alone) {
      return OutputDraft.regression(value.name());
    }
    return OutputDraft.raw("what the outputs mean couldn't be told: they are answered as they are");
  }

  /** The output that gives each class a number; null if there is none. */
  private @Nullable OutputTensor scores() {
    OutputTensor maps = onlyOne(output -> output.kind() == Kind.MAPS);
    OutputTensor named =
        onlyOne(output ->
            DECIMALS.contains(output.kind()) && PROBABILITY.matcher(output.name()).find());
    OutputTensor found = maps != null ? maps : named;
    if (found != null) {
      return found;
    }
    OutputTensor wide = onlyOne(output -> DECIMALS.contains(output.kind()) && width(output) > 1);
    if (wide != null
        && (findLabel() != null || classes.size() == width(wide) || areShares(rows(wide)))) {
      return wide;
    }
    OutputTensor narrow = onlyOne(output -> DECIMALS.contains(output.kind()));
    return narrow != null && width(narrow) == 1 && (classes.size() == 2 || findLabel() != null)
        ? narrow
        : null;
  }

  private @Nullable OutputTensor findLabel() {
    return onlyOne(output -> NAMES.contains(output.kind()) && Math.abs(width(output)) == 1);
  }

  private @Nullable OutputTensor onlyOne(Predicate<OutputTensor> wanted) {
    List<OutputTensor> found = outputs.stream().filter(wanted).toList();
    return found.size() == 1 ? found.getFirst() : null;
  }

  private OutputDraft maps(OutputTensor scores) {
    OutputTensor label = findLabel();
    if (answers.isEmpty()) {
      return draft(scores, label, unknown(Math.max(2, classes.size())), List.of());
    }
    List<String> keys = new ArrayList<>();
    if (answers.getFirst().get(scores.name()) instanceof Map<?, ?> first) {
      first.keySet().forEach(key -> keys.add(key.toString()));
    }
    boolean positions = keys.equals(positions(keys.size()));
    return draft(scores, label, positions ? unknown(keys.size()) : keys, List.of());
  }

  private OutputDraft classification(OutputTensor scores) {
    List<double[]> rows = rows(scores);
    int width = width(scores);
    int count = width > 1 ? width : 2;
    List<String> doubts = new ArrayList<>();
    if (width < 0) {
      doubts.add("how many classes there are couldn't be told");
    }
    String activation = activation(rows, doubts);
    OutputTensor label = findLabel();
    List<String> names =
        label == null ? Collections.nCopies(count, UNKNOWN) : namesByLabel(rows, label, count);
    boolean positions = isPositions(names);
    boolean usesLabel = label != null && !rows.isEmpty();
    List<String> labels;
    if (label != null && label.kind() != Kind.STRING && !positions) {
      // The graph's numbers are names of classes, and wouldn't be found under other names.
      usesLabel = false;
      labels = names;
    } else if (label != null && label.kind() == Kind.STRING) {
      labels = names;
    } else {
      labels = unknown(count);
    }
    if (labels.stream().allMatch(String::isEmpty)) {
      labels = unknown(count);
    }
    return new OutputDraft(
        Task.CLASSIFICATION,
        scores.name(),
        usesLabel && label != null ? label.name() : null,
        activation,
        labels,
        doubts);
  }

  private static OutputDraft draft(
      OutputTensor scores, @Nullable OutputTensor label, List<String> labels, List<String> doubts) {
    return new OutputDraft(
        Task.CLASSIFICATION,
        scores.name(),
        label == null ? null : label.name(),
        OutputDraft.NO_ACTIVATION,
        labels,
        doubts);
  }

  /**
   * For each column what the graph calls the class that is most probable by it; empty if unseen.
   */
  private List<String> namesByLabel(List<double[]> rows, OutputTensor label, int count) {
    List<String> names = new ArrayList<>(Collections.nCopies(count, UNKNOWN));
    for (int row = 0; row < rows.size(); row++) {
      Object name = flat(answers.get(row).get(label.name())).getFirst();
      int winner = winner(rows.get(row));
      String before = names.get(winner);
      if (before.isEmpty()) {
        names.set(winner, name.toString());
      } else if (!before.equals(name.toString())) {
        // The label isn't that of the largest score, so nothing can be read off it.
        return Collections.nCopies(count, UNKNOWN);
      }
    }
    return names;
  }

  private static int winner(double[] scores) {
    if (scores.length == 1) {
      return scores[0] > 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static boolean isPositions(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && !name.equals(Integer.toString(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> positions(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** Names from the data, if they are as many as the classes. */
  private List<String> unknown(int count) {
    return classes.size() == count ? classes : Collections.nCopies(count, UNKNOWN);
  }

  private static String activation(List<double[]> rows, List<String> doubts) {
    if (rows.isEmpty() || areShares(rows)) {
      return OutputDraft.NO_ACTIVATION;
    }
    if (rows.getFirst().length == 1) {
      doubts.add("the output leaves [0, 1], so it is taken for a score before the sigmoid");
      return "sigmoid";
    }
    if (rows.stream().allMatch(OutputGuess::isWithinOne)) {
      doubts.add("a row's probabilities don't add up to 1, and are answered as they are");
      return OutputDraft.NO_ACTIVATION;
    }
    doubts.add("the output leaves [0, 1], so it is taken for scores before the softmax");
    return "softmax";
  }

  /** Whether each row is shares of one: what probabilities are. */
  private static boolean areShares(List<double[]> rows) {
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(row ->
                isWithinOne(row)
                    && (row.length == 1 || Math.abs(Arrays.stream(row).sum() - 1) < ROUNDING));
  }

  private static boolean isWithinOne(double[] row) {
    for (double value : row) {
      if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  /** How many values a row of the output has; -1 if that can't be told. */
  private int width(OutputTensor output) {
    if (output.columns() >= 0 || answers.isEmpty()) {
      return output.columns();
    }
    return flat(answers.getFirst().get(output.name())).size();
  }

  /** An output's numbers, row by row. */
  private List<double[]> rows(OutputTensor output) {
    List<double[]> rows = new ArrayList<>();
    for (Map<String, Object> answer : answers) {
      rows.add(
          flat(answer.get(output.name())).stream()
              .mapToDouble(
                  value -> value instanceof Number number ? number.doubleValue() : Double.NaN)
              .toArray());
    }
    return rows;
  }

  private static List<Object> flat(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(item -> all.addAll(flat(item)));
      return all;
    }
    return value == null ? List.of() : List.of(value);
  }
}
