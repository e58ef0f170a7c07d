package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.TensorRows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many callers at once, each of whose rows tells who it is: the model doubles it. Now and then a
 * row is poisonous and fails the run it is in. Each caller must get its own answer, and only the
 * poisonous ones a failure. {@code -Devenkeel.mix.rows=10000000} makes it as long as one likes.
 */
class RowsNeverMixTest {
  private static final int CALLERS = 64;
  private static final int ROWS = Integer.getInteger("evenkeel.mix.rows", 100_000);
  private static final int POISON = 666;
  private static final int POISON_EVERY = 997;
  private static final int SPREAD = 101;

  /** Doubles below this are exact in the model's single precision. */
  private static final int LARGEST = 1 << 22;

  @Test
  void eachCallerGetsItsOwnAnswer(@TempDir Path root) throws Exception {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    try (ModelRegistry registry = models.loaded();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Servable servable = requireNonNull(requireNonNull(registry.find("m", "1")).servable());
      List<Future<Integer>> poisoned = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int number = caller;
        Callable<Integer> calls = () -> callAgainAndAgain(servable, number);
        poisoned.add(callers.submit(calls));
      }
      int failures = 0;
      for (Future<Integer> ofCaller : poisoned) {
        failures += ofCaller.get();
      }
      assertThat(failures).isBetween(ROWS / CALLERS / POISON_EVERY * CALLERS, ROWS / 500);
      double perRun =
          (double) servable.lane().counters().rows() / servable.lane().counters().runs();
      assertThat(perRun).as("rows a run: they must have had company").isGreaterThan(1.05);
    }
  }

  /** Every other call is a small batch. Returns how many rows failed. */
  private static int callAgainAndAgain(Servable servable, int caller) {
    int failures = 0;
    for (int call = 0; call * CALLERS < ROWS; call++) {
      int tag = (call * CALLERS + caller) % LARGEST;
      int[] values = new int[call % 2 == 0 ? 1 : 2];
      for (int i = 0; i < values.length; i++) {
        // Spread out: a run of failures would open the circuit.
        boolean poisonous = (call + caller * SPREAD + i) % POISON_EVERY == 0;
        values[i] = poisonous ? POISON : tag == POISON ? 0 : tag;
      }
      failures += check(servable, values);
    }
    return failures;
  }

  private static int check(Servable servable, int[] values) {
    TensorRows block = servable.preprocessor().newBlock(values.length);
    for (int i = 0; i < values.length; i++) {
      servable.preprocessor().write(row(servable, values[i]), block, i);
    }
    List<RowResult> results = run(servable, block);
    int failures = 0;
    for (int i = 0; i < values.length; i++) {
      switch (results.get(i)) {
        case RowResult.Answered(Prediction.Regression answer) ->
            assertThat(answer.value()).isEqualTo(2.0 * values[i]);
        case RowResult.Answered other -> throw new AssertionError(other);
        case RowResult.Failed ignored -> {
          assertThat(values[i]).isEqualTo(POISON);
          failures++;
        }
      }
    }
    return failures;
  }

  private static List<RowResult> run(Servable servable, TensorRows block) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(5), System.nanoTime());
    Claim claim = new Claim(Endpoint.SINGLE, Priority.CRITICAL, block.rows(), deadline);
    return switch (servable.lane().tryEnter(claim)) {
      case Shed shed -> throw new AssertionError(shed);
      case Permit permit -> {
        try (permit) {
          yield servable.run(permit, block, null).results();
        }
      }
    };
  }

  private static Row row(Servable servable, int value) {
    try (JsonParser json = JsonMapper.shared().createParser("{\"x\": " + value + "}")) {
      json.nextToken();
      return servable.reader().read(json);
    }
  }
}
