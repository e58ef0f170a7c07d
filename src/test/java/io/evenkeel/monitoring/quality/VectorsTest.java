package io.evenkeel.monitoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures are those of scikit-learn and scipy; src/test/resources/quality/make.py made them.
 */
class VectorsTest {
  private static final Offset<Double> SAME = within(1e-9);
  private static final JsonNode VECTORS = read();

  private static JsonNode read() {
    try {
      return JsonMapper.shared()
          .readTree(Files.readString(Path.of("src/test/resources/quality/vectors.json")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> classifications() {
    return VECTORS.get("classifications").valueStream();
  }

  private static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static List<Labelled> cases(JsonNode vector) {
    List<Labelled> cases = new ArrayList<>();
    for (int i = 0; i < vector.get("truth").size(); i++) {
      double[] probabilities = numbers(vector.get("probabilities").get(i));
      List<String> labels =
          IntStream.range(0, probabilities.length).mapToObj(k -> "class " + k).toList();
      Predicted.Classes predicted =
          new Predicted.Classes(labels, probabilities, vector.get("winner").get(i).intValue());
      cases.add(new Labelled(predicted, labels.get(vector.get("truth").get(i).intValue())));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void classificationsAreMeasuredAsByScikitLearn(JsonNode vector) {
    ClassificationQuality quality = ClassificationQuality.of(cases(vector));

    for (Metric metric : List.of(Metric.ACCURACY, Metric.AUC, Metric.F1, Metric.BRIER)) {
      Estimate figure = Objects.requireNonNull(quality.figures().get(metric), metric.word());
      double expected = vector.get(metric.word()).doubleValue();
      assertThat(figure.value()).as(metric.word()).isCloseTo(expected, SAME);
      assertThat(figure.low()).as(metric.word()).isLessThan(expected);
      assertThat(figure.high()).as(metric.word()).isGreaterThan(expected);
    }
    assertThat(quality.reliability().error()).isCloseTo(vector.get("ece").doubleValue(), SAME);
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void reliabilityCurvesAreThoseOfScikitLearn(JsonNode vector) {
    List<Reliability.Bin> bins = ClassificationQuality.of(cases(vector)).reliability().bins();
    JsonNode curve = vector.get("curve");

    assertThat(bins).hasSize(curve.get("rows").size());
    for (int i = 0; i < bins.size(); i++) {
      assertThat(bins.get(i).rows()).isEqualTo(curve.get("rows").get(i).intValue());
      assertThat(bins.get(i).confidence())
          .isCloseTo(curve.get("confidence").get(i).doubleValue(), SAME);
      assertThat(bins.get(i).accuracy())
          .isCloseTo(curve.get("accuracy").get(i).doubleValue(), SAME);
    }
  }

  @ParameterizedTest
  @MethodSource("classifications")
  void pointsAreTheValuesOfTheEstimates(JsonNode vector) {
    List<Labelled> cases = cases(vector);
    ClassificationQuality quality = ClassificationQuality.of(cases);

    var points = ClassificationQuality.points(cases);

    quality
        .figures()
        .forEach((metric, figure) -> assertThat(points.get(metric)).isEqualTo(figure.value()));
    assertThat(points.get(Metric.ECE)).isEqualTo(quality.reliability().error());
  }

  @Test
  void valuesAreMeasuredAsByScikitLearn() {
    for (JsonNode vector : VECTORS.get("regressions")) {
      double[] predicted = numbers(vector.get("predicted"));
      double[] truth = numbers(vector.get("truth"));
      double[] errors =
          IntStream.range(0, truth.length).mapToDouble(i -> predicted[i] - truth[i]).toArray();

      var figures = RegressionQuality.of(errors).figures();

      for (Metric metric : List.of(Metric.MAE, Metric.RMSE)) {
        Estimate figure = Objects.requireNonNull(figures.get(metric), metric.word());
        assertThat(figure.value()).isCloseTo(vector.get(metric.word()).doubleValue(), SAME);
        assertThat(figure.low()).isLessThan(figure.value());
        assertThat(figure.high()).isGreaterThan(figure.value());
        assertThat(RegressionQuality.points(errors).get(metric)).isEqualTo(figure.value());
      }
    }
  }

  @Test
  void sharesHaveTheIntervalsOfScipy() {
    for (JsonNode vector : VECTORS.get("shares")) {
      Estimate share =
          Estimate.share(vector.get("found").intValue(), vector.get("rows").intValue());

      assertThat(share.low()).isCloseTo(vector.get("low").doubleValue(), SAME);
      assertThat(share.high()).isCloseTo(vector.get("high").doubleValue(), SAME);
    }
  }

  @Test
  void isotonicRegressionIsThatOfScikitLearn() {
    for (JsonNode vector : VECTORS.get("isotonic")) {
      IsotonicRegression fitted =
          IsotonicRegression.fit(numbers(vector.get("x")), numbers(vector.get("y")));

      for (int i = 0; i < vector.get("places").size(); i++) {
        assertThat(fitted.at(vector.get("places").get(i).doubleValue()))
            .isCloseTo(vector.get("values").get(i).doubleValue(), SAME);
      }
    }
  }
}
