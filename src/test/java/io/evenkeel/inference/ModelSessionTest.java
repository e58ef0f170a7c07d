package io.evenkeel.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Outputs.Activation;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.TensorRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSessionTest {
  @Test
  void knowsWhatTheGraphTakesAndYields() {
    try (ModelSession session = TestGraphs.openModel("digits/1")) {
      assertThat(session.inputs())
          .containsExactly(new InputTensor("image", ElementType.FLOAT, List.of(8, 8)));
      assertThat(session.outputs())
          .containsExactly(
              new OutputTensor("label", Kind.INT64, List.of()),
              new OutputTensor("probabilities", Kind.FLOAT, List.of(10)));
      assertThat(session.buckets()).containsExactly(1, 2, 4, 8, 16, 32);
    }
  }

  @Test
  void knowsASequenceOfMapsForWhatItIs() {
    try (ModelSession session = TestGraphs.open("zipmap")) {
      assertThat(session.outputs())
          .containsExactly(
              new OutputTensor("output_label", Kind.STRING, List.of()),
              new OutputTensor("output_probability", Kind.MAPS, List.of(-1)));
    }
  }

  @Test
  void runsAGraphOfAFixedBatchSizeInThatSizeOnly() {
    try (ModelSession session = TestGraphs.open("fixed_batch")) {
      assertThat(session.buckets()).containsExactly(1);
    }
  }

  @Test
  void saysEverythingThatIsWrongWithTheInputsAtOnce() {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> TestGraphs.open("inference/unusable"))
        .satisfies(failure ->
            assertThat(failure.mistakes())
                .extracting(Mistake::cause)
                .containsExactly(
                    "the input 'bytes' takes UINT8, which a row can't be written to",
                    "the input 'open' leaves the size of its dimension 1 open",
                    "the input 'scalar' has no first dimension that counts rows",
                    "the inputs' first dimensions have different fixed sizes [2, 3]"));
  }

  @Test
  void namesADamagedGraphWithoutItsFolder(@TempDir Path folder) throws Exception {
    byte[] whole = Files.readAllBytes(Path.of("models/breast-cancer/1/model.onnx"));
    for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Path graph = Files.write(folder.resolve("model.onnx"), damaged);
      assertThatThrownBy(() -> ModelSession.open(graph, TestGraphs.SETTINGS))
          .isInstanceOf(UnusableModelException.class)
          .message()
          .startsWith("model.onnx: the graph can't be loaded: Load model from model.onnx failed")
          .contains("Mend: copy or export the graph again")
          .doesNotContain(folder.toString(), "onnxruntime_src", "\n");
    }
  }

  @Test
  void namesAMissingGraphWithoutItsFolder(@TempDir Path folder) {
    assertThatThrownBy(() -> ModelSession.open(folder.resolve("none.onnx"), TestGraphs.SETTINGS))
        .isInstanceOf(UnusableModelException.class)
        .message()
        .startsWith("none.onnx: ")
        .contains("doesn't exist")
        .doesNotContain(folder.toString());
  }

  @Test
  void refusesLeasesOnceClosed() {
    ModelSession session = TestGraphs.open("tag");
    session.close();
    session.close();
    assertThat(session.tryLease()).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> TestGraphs.runner(session, TestGraphs.regression()))
        .withMessage("the session is closed");
  }

  @Test
  void runsForThoseWhoLeasedItBeforeAndIsFreedWhenTheLastLeaseIsBack() {
    ModelSession session = TestGraphs.open("tag");
    Runner runner = TestGraphs.runner(session, TestGraphs.regression());
    TensorRows row = TestGraphs.floats(session, new float[] {7, 0, 0, 0});
    Lease first = requireNonNull(session.tryLease());
    Lease second = requireNonNull(session.tryLease());

    session.close();
    first.close();
    first.close();
    runner.put(0, row, 0);
    runner.run(1);
    assertThat(TestGraphs.value(runner, 0)).isEqualTo(7);

    second.close();
    assertThatIllegalStateException().isThrownBy(() -> runner.put(0, row, 0));
    assertThatIllegalStateException().isThrownBy(() -> runner.run(1));
    runner.close();
  }

  @Test
  void letsARunInProgressEndWhenItIsClosed() throws Exception {
    ModelSession session = TestGraphs.open("slow");
    Runner runner = TestGraphs.runner(session, TestGraphs.regression());
    TensorRows row = TestGraphs.floats(session, new float[16]);
    runner.put(0, row, 0);
    RunningThread run = RunningThread.start(() -> runner.run(1));
    run.awaitWork();

    session.close();

    assertThat(session.tryLease()).isNull();
    assertThat(run.failure()).isNull();
    assertThatIllegalStateException().isThrownBy(() -> runner.put(0, row, 0));
  }

  @Test
  void survivesToBeClosedUnderManyCallers() throws Exception {
    ModelSession session = TestGraphs.openModel("breast-cancer/1");
    CountDownLatch running = new CountDownLatch(4);
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        callers.add(threads.submit(() -> runUntilClosed(session, running)));
      }
      running.await();
      session.close();
    }
    for (Future<Integer> caller : callers) {
      assertThat(caller.get()).isPositive();
    }
  }

  /** Runs as a well-behaved caller does, a lease around each run; counts the runs. */
  private static int runUntilClosed(ModelSession session, CountDownLatch running) {
    Runner runner =
        TestGraphs.runner(
            session,
            TestGraphs.classification(
                "probabilities", Activation.NONE, List.of("malignant", "benign"), null));
    TensorRows row = TestGraphs.floats(session, new float[30]);
    int runs = 0;
    while (true) {
      try (Lease lease = session.tryLease()) {
        if (lease == null) {
          return runs;
        }
        runner.put(0, row, 0);
        runner.run(1);
        assertThat(runner.prediction(0)).isInstanceOf(Prediction.Classification.class);
        runs++;
        if (runs == 1) {
          running.countDown();
        }
      }
    }
  }
}
