package io.evenkeel.cli.replay;

import io.evenkeel.contract.Outputs;
import io.evenkeel.inference.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Which numbers of a prediction are compared. Immutable.
 *
 * @param kind what they are
 * @param names what each is called; for raw outputs none, as their number is known only then
 */
record AnswerForm(Kind kind, List<String> names) {
  /** Beyond, raw outputs would be compared at the price of the memory. */
  static final int MOST_RAW_NUMBERS = 64;

  /**
   * A probability nearer to 0 or 1 counts as this near: the logarithm of the odds has no end there,
   * and a single such row would outweigh all the others.
   */
  private static final double NEAREST = 1e-4;

  /** What the numbers are. */
  enum Kind {
    PROBABILITIES,
    VALUE,
    RAW
  }

  AnswerForm {
    names = List.copyOf(names);
  }

  static AnswerForm of(Outputs outputs) {
    return switch (outputs) {
      case Outputs.Classification classes -> new AnswerForm(Kind.PROBABILITIES, classes.labels());
      case Outputs.Regression ignored -> new AnswerForm(Kind.VALUE, List.of("value"));
      case Outputs.Raw ignored -> new AnswerForm(Kind.RAW, List.of());
    };
  }

  /** A prediction of this version, or of another one whose labels may differ. */
  Answer read(Prediction prediction) {
    return switch (prediction) {
      case Prediction.Classification classes -> {
        double[] scores = new double[names.size()];
        for (int i = 0; i < scores.length; i++) {
          int position = classes.labels().indexOf(names.get(i));
          scores[i] = position < 0 ? Double.NaN : classes.probabilities().get(position);
        }
        yield new Answer(classes.label(), scores);
      }
      case Prediction.Regression regression -> new Answer(null, new double[] {regression.value()});
      case Prediction.Raw raw -> {
        List<Double> numbers = new ArrayList<>();
        collect(raw.outputs(), numbers);
        yield new Answer(
            null,
            Arrays.copyOf(
                numbers.stream().mapToDouble(Double::doubleValue).toArray(),
                Math.min(numbers.size(), MOST_RAW_NUMBERS)));
      }
    };
  }

  private static void collect(Object value, List<Double> numbers) {
    switch (value) {
      case Map<?, ?> members -> members.values().forEach(member -> collect(member, numbers));
      case List<?> items -> items.forEach(item -> collect(item, numbers));
      case Number number -> numbers.add(number.doubleValue());
      default -> {}
    }
  }

  /** A prediction as it was recorded, in the shape of an answer over HTTP. */
  Answer read(JsonNode recorded) {
    JsonNode label = recorded.path("label");
    double[] scores =
        switch (kind) {
          case PROBABILITIES ->
              names.stream()
                  .mapToDouble(
                      name -> recorded.path("probabilities").path(name).asDouble(Double.NaN))
                  .toArray();
          case VALUE -> new double[] {recorded.path("value").asDouble(Double.NaN)};
          case RAW -> {
            List<Double> numbers = new ArrayList<>();
            collect(recorded.path("outputs"), numbers);
            yield Arrays.copyOf(
                numbers.stream().mapToDouble(Double::doubleValue).toArray(),
                Math.min(numbers.size(), MOST_RAW_NUMBERS));
          }
        };
    return new Answer(label.isValueNode() ? label.asString() : null, scores);
  }

  private static void collect(JsonNode node, List<Double> numbers) {
    if (node.isNumber()) {
      numbers.add(node.asDouble());
    } else {
      node.forEach(child -> collect(child, numbers));
    }
  }

  /** How far two answers are apart: the largest difference of a number; NaN where none has both. */
  double distance(Answer one, Answer other) {
    double largest = Double.NaN;
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      double difference = Math.abs(one.score(i) - other.score(i));
      if (!Double.isNaN(difference) && !(difference <= largest)) {
        largest = difference;
      }
    }
    return largest;
  }

  /** Differences on a scale on which they add up: of probabilities those of the log-odds. */
  double[] differences(Answer one, Answer other) {
    double[] differences = new double[Math.min(one.size(), other.size())];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = scaled(one.score(i)) - scaled(other.score(i));
    }
    return differences;
  }

  private double scaled(double score) {
    if (kind != Kind.PROBABILITIES) {
      return score;
    }
    double within = Math.clamp(score, NEAREST, 1 - NEAREST);
    return Math.log(within / (1 - within));
  }

  /**
   * The number that stands for an answer in pictures: of two classes the probability of the second,
   * of more the greatest one.
   */
  double main(Answer answer) {
    if (kind == Kind.PROBABILITIES && names.size() != 2) {
      double greatest = Double.NaN;
      for (int i = 0; i < answer.size(); i++) {
        greatest = answer.score(i) <= greatest ? greatest : answer.score(i);
      }
      return greatest;
    }
    return answer.size() == 0 ? Double.NaN : answer.score(answer.size() - 1);
  }

  /** What the last of the {@link #differences} tells of, in words. */
  String scaleName() {
    return kind == Kind.PROBABILITIES ? "log-odds of " + names.getLast() : mainName();
  }

  /** What {@link #main} gives, in words. */
  String mainName() {
    return switch (kind) {
      case PROBABILITIES ->
          names.size() == 2 ? "probability of " + names.getLast() : "probability of the label";
      case VALUE -> "value";
      case RAW -> "last number of the outputs";
    };
  }
}
