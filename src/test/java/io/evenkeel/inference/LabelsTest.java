package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void takesANumberForTheLabelItselfWhereAllLabelsAreWholeNumbers() {
    Labels labels = new Labels(List.of("-1", "1", "2"));
    assertThat(labels.find(-1)).isZero();
    assertThat(labels.find(2)).isEqualTo(2);
    assertThat(labels.find(0)).isEqualTo(-1);
  }

  @Test
  void takesANumberForAPositionWhereALabelIsNoWholeNumber() {
    Labels labels = new Labels(List.of("1", "two"));
    assertThat(labels.find(1)).isEqualTo(1);
    assertThat(labels.find(2)).isEqualTo(-1);
    assertThat(labels.find(-1)).isEqualTo(-1);
  }

  @Test
  void findsALabelByItsName() {
    Labels labels = new Labels(List.of("malignant", "benign"));
    assertThat(labels.find("benign")).isEqualTo(1);
    assertThat(labels.find("Benign")).isEqualTo(-1);
  }
}
