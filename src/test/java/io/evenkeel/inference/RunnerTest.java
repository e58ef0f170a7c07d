package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.Outputs.NonFinite;
import io.evenkeel.preprocess.TensorRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunnerTest {
  @Test
  void answersEachRowWithItsOwnValueWhateverTheBatchSize() {
    try (ModelSession session = TestGraphs.open("tag")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      for (int count = 1; count <= 32; count++) {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
          rows[i] = new float[] {100 * count + i, 1, 2, 3};
        }
        TestGraphs.run(runner, TestGraphs.floats(session, rows));
        for (int i = 0; i < count; i++) {
          assertThat(TestGraphs.value(runner, i)).isEqualTo(100 * count + i);
        }
      }
    }
  }

  @Test
  void doesNotRunWhatAnEarlierBatchLeftBehind() {
    try (ModelSession session = TestGraphs.open("poison")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TensorRows rows =
          TestGraphs.floats(
              session, new float[] {1}, new float[] {2}, new float[] {3}, new float[] {666});
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> TestGraphs.run(runner, rows));
      runner.run(3);
      assertThat(TestGraphs.value(runner, 2)).isEqualTo(6);
    }
  }

  @Test
  void saysWhichOperatorFailedButNotOnWhichValue() {
    try (ModelSession session = TestGraphs.open("poison")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TensorRows row = TestGraphs.floats(session, new float[] {666});
      InferenceException failure =
          catchThrowableOfType(InferenceException.class, () -> TestGraphs.run(runner, row));
      assertThat(failure)
          .hasMessage("the graph failed in an operator Gather (ORT_INVALID_ARGUMENT)")
          .hasNoCause();
      assertThat(failure.terminated()).isFalse();
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> runner.prediction(0));
    }
  }

  @Test
  void failsARowThatIsNotFiniteAlone() {
    try (ModelSession session = TestGraphs.open("nan")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TestGraphs.run(
          runner, TestGraphs.floats(session, new float[] {1}, new float[] {-1}, new float[] {0}));
      assertThat(TestGraphs.value(runner, 0)).isZero();
      for (int slot : List.of(1, 2)) {
        assertThatExceptionOfType(InferenceException.class)
            .isThrownBy(() -> runner.prediction(slot))
            .withMessage("the output 'value' is not finite for this row");
      }
    }
  }

  @Test
  void keepsWhatIsNotFiniteWhereTheContractShowsNull() {
    try (ModelSession session = TestGraphs.open("nan")) {
      Runner runner = TestGraphs.runner(session, new Outputs.Regression("value", NonFinite.NULL));
      TestGraphs.run(runner, TestGraphs.floats(session, new float[] {-1}));
      assertThat(TestGraphs.value(runner, 0)).isNaN();
    }
  }

  @Test
  void carriesEveryElementTypeThroughAPaddedBatch() {
    try (ModelSession session = TestGraphs.open("types")) {
      Runner runner = TestGraphs.runner(session, new Outputs.Raw(NonFinite.REJECT));
      TensorRows rows = new TensorRows(session.inputs(), 3);
      for (int row = 0; row < 3; row++) {
        rows.floats(0)[2 * row] = row + 0.5f;
        rows.doubles(1)[2 * row + 1] = row + 0.1;
        rows.longs(2)[row] = (1L << 53) + 1 + row;
        rows.ints(3)[row] = -row;
        rows.booleans(4)[row] = row == 1;
        rows.texts(5)[row] = "Größe " + row;
      }
      for (int run = 0; run < 2; run++) {
        TestGraphs.run(runner, rows);
        for (int row = 0; row < 3; row++) {
          assertThat(((Prediction.Raw) runner.prediction(row)).outputs())
              .containsExactlyInAnyOrderEntriesOf(
                  Map.of(
                      "f_out", List.of(row + 0.5f, 0f),
                      "d_out", List.of(0.0, row + 0.1),
                      "i_out", List.of((1L << 53) + 1 + row),
                      "j_out", List.of((long) -row),
                      "b_out", List.of(row == 1),
                      "s_out", List.of("Größe " + row)));
        }
      }
    }
  }

  @Test
  void runsAGraphOfAFixedBatchSize() {
    try (ModelSession session = TestGraphs.open("fixed_batch")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TestGraphs.run(runner, TestGraphs.floats(session, new float[] {1, 2, 4}));
      assertThat(TestGraphs.value(runner, 0)).isEqualTo(7);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> runner.run(2))
          .withMessage("2 rows for a largest batch of 1");
    }
  }

  @Test
  void padsToTheOnlyBatchSizeAGraphTakes() {
    try (ModelSession session = TestGraphs.open("inference/batch_of_four")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      for (int count = 1; count <= 4; count++) {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
          rows[i] = new float[] {count, i};
        }
        TestGraphs.run(runner, TestGraphs.floats(session, rows));
        for (int i = 0; i < count; i++) {
          assertThat(TestGraphs.value(runner, i)).isEqualTo(count + i);
        }
      }
    }
  }

  @Test
  void readsOutputsTheLibraryAllocates() {
    try (ModelSession session = TestGraphs.open("inference/half")) {
      Runner runner =
          TestGraphs.runner(
              session,
              TestGraphs.classification("halves", Activation.NONE, List.of("a", "b"), null));
      TestGraphs.run(
          runner, TestGraphs.floats(session, new float[] {0.25f, 0.75f}, new float[] {1, 0}));
      Prediction.Classification first = (Prediction.Classification) runner.prediction(0);
      assertThat(first.probabilities()).isEqualTo(Numbers.wrap(new float[] {0.25f, 0.75f}));
      assertThat(((Prediction.Classification) runner.prediction(1)).label()).isEqualTo("a");
    }
  }

  @Test
  void failsABatchWhoseOutputHasNoRowForEachOfItsRows() {
    try (ModelSession session = TestGraphs.open("inference/half")) {
      Runner runner = TestGraphs.runner(session, new Outputs.Regression("total", NonFinite.REJECT));
      TensorRows rows = TestGraphs.floats(session, new float[] {1, 2}, new float[] {3, 4});
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> TestGraphs.run(runner, rows))
          .withMessage("the output 'total' has 1 rows for a batch of 2");
    }
  }

  @Test
  void endsATerminatedRunEarlyAndRunsTheNext() throws Exception {
    try (ModelSession session = TestGraphs.open("slow")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TestGraphs.run(runner, TestGraphs.floats(session, new float[16]));
      double answer = TestGraphs.value(runner, 0);

      long number = runner.runNumber();
      RunningThread run = RunningThread.start(() -> runner.run(1));
      run.awaitWork();
      runner.terminate(number);

      assertThat(run.failure())
          .isInstanceOfSatisfying(
              InferenceException.class, failure -> assertThat(failure.terminated()).isTrue());
      runner.terminate(number);
      runner.run(1);
      assertThat(TestGraphs.value(runner, 0)).isEqualTo(answer);
    }
  }

  @Test
  void doesNotBeginARunThatIsAlreadyTerminated() {
    try (ModelSession session = TestGraphs.open("tag")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      TensorRows row = TestGraphs.floats(session, new float[] {7, 0, 0, 0});
      runner.terminate(runner.runNumber());
      InferenceException failure =
          catchThrowableOfType(InferenceException.class, () -> TestGraphs.run(runner, row));
      assertThat(failure.terminated()).isTrue();
      TestGraphs.run(runner, row);
      assertThat(TestGraphs.value(runner, 0)).isEqualTo(7);
    }
  }

  @Test
  void refusesRowsOfAnotherGraph() {
    try (ModelSession tag = TestGraphs.open("tag");
        ModelSession nan = TestGraphs.open("nan")) {
      Runner runner = TestGraphs.runner(tag, TestGraphs.regression());
      TensorRows row = TestGraphs.floats(nan, new float[] {1});
      assertThatIllegalArgumentException().isThrownBy(() -> runner.put(0, row, 0));
    }
  }

  @Test
  void doesNotRunOnceClosed() {
    try (ModelSession session = TestGraphs.open("tag")) {
      Runner runner = TestGraphs.runner(session, TestGraphs.regression());
      runner.close();
      runner.close();
      runner.terminate(runner.runNumber());
      assertThatIllegalStateException()
          .isThrownBy(() -> runner.run(1))
          .withMessage("the runner is closed");
    }
  }
}
