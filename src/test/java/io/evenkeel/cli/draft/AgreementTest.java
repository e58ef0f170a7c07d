package io.evenkeel.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.inference.Precision;
import io.evenkeel.inference.Prediction;
import org.junit.jupiter.api.Test;

/** What is said of answers beside the outcomes in the data. */
class AgreementTest {
  private final Agreement agreement = new Agreement("target");

  @Test
  void tellsHowMuchOfTheVarianceIsExplained() {
    add(1, "1");
    add(2, "2");
    add(4, "3");

    // Of a variance of 2 in sum, an error of 1 is left.
    assertThat(agreement.sentence())
        .isEqualTo("the graph's answers explain 50 % of the variance of `target`");
  }

  @Test
  void asksForTheOrderWhereAnswersAreWorseThanTheMean() {
    add(3, "1");
    add(2, "2");
    add(1, "3");

    assertThat(agreement.sentence())
        .endsWith("are columns and labels in the order of the training?");
  }

  @Test
  void saysNothingWithoutOutcomes() {
    add(1, "unknown");

    assertThat(agreement.sentence()).isNull();
  }

  private void add(double value, String outcome) {
    agreement.add(new Prediction.Regression(value, Precision.DOUBLE), outcome);
  }
}
