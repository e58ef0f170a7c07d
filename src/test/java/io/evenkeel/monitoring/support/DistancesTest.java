package io.evenkeel.monitoring.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import io.evenkeel.monitoring.Covariance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DistancesTest {
  private static final double EXACT = 1e-9;

  /** One case of the vectors. */
  private record Vectors(Distances distances, List<Row> rows, JsonNode expected) {
    static List<Vectors> all() throws IOException {
      try (InputStream file = DistancesTest.class.getResourceAsStream("/outlier-distances.json")) {
        return JsonMapper.shared()
            .readTree(Objects.requireNonNull(file))
            .valueStream()
            .map(Vectors::of)
            .toList();
      }
    }

    private static Vectors of(JsonNode found) {
      List<String> names =
          IntStream.range(0, found.get("mean").size()).mapToObj(i -> "f" + i).toList();
      // In the contract they stand the other way round, and something else before them.
      String features =
          names.reversed().stream()
              .map(name -> "  - {name: " + name + ", type: number, nullable: true}\n")
              .collect(Collectors.joining());
      Contract contract =
          Contracts.of("features:\n  - {name: other, type: boolean}\n" + features).contract();
      List<Row> rows =
          found.get("rows").valueStream().map(row -> row(contract, names, row)).toList();
      return new Vectors(new Distances(contract, covariance(names, found)), rows, found);
    }

    private static Covariance covariance(List<String> names, JsonNode found) {
      return new Covariance(
          1,
          names,
          numbers(found.get("mean")),
          numbers(found.get("std")),
          found.get("correlation").valueStream().map(Vectors::numbers).toList(),
          numbers(found.get("shares")),
          numbers(found.get("distances")));
    }

    private static List<Double> numbers(JsonNode array) {
      return array.valueStream().map(JsonNode::asDouble).toList();
    }

    private static Row row(Contract contract, List<String> names, JsonNode values) {
      List<String> members = new ArrayList<>(List.of("\"other\": true"));
      for (int i = 0; i < names.size(); i++) {
        members.add("\"" + names.get(i) + "\": " + values.get(i));
      }
      return Rows.read(contract, "{" + String.join(", ", members) + "}");
    }
  }

  @Test
  void areWhatScipySays() throws IOException {
    for (Vectors vectors : Vectors.all()) {
      for (int i = 0; i < vectors.rows().size(); i++) {
        double expected = vectors.expected().get("squared").get(i).asDouble();
        float score = vectors.expected().get("score").get(i).floatValue();

        assertThat(vectors.distances().squared(vectors.rows().get(i)))
            .as("row %s of %s", i, vectors.expected().get("mean").size())
            .isCloseTo(expected, within(EXACT * Math.max(1, expected)));
        assertThat(vectors.distances().share(vectors.rows().get(i))).isEqualTo(score);
      }
    }
  }

  @Test
  void scoresLieOnTheLinesBetweenKnownShares() throws IOException {
    Distances distances = Vectors.all().getFirst().distances();

    // The shares 0, 0.25, 0.5 ... at chi-squared's quantiles of 2 degrees of freedom, -2 ln(1 - p).
    double quarter = -2 * Math.log(0.75);
    assertThat(distances.share(0)).isZero();
    assertThat(distances.share(quarter)).isEqualTo(0.25F);
    assertThat(distances.share(quarter / 2)).isEqualTo(0.125F);
    assertThat(distances.share(-2 * Math.log(0.001))).isEqualTo(0.999F);
    assertThat(distances.share(1e300)).isEqualTo(1);
    assertThat(distances.share(Double.NaN)).isEqualTo(1);
  }

  @Test
  void takeNoMemory() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Vectors vectors = Vectors.all().getLast();
    Row row = vectors.rows().getFirst();
    float sum = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        sum += vectors.distances().share(row);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(sum).isPositive();
    assertThat(least).as("bytes of 1000 rows").isLessThan(1000);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    Vectors vectors = Vectors.all().getLast();
    List<Future<Boolean>> checks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 64; thread++) {
        int own = thread % vectors.rows().size();
        checks.add(threads.submit(() -> sameEachTime(vectors, own)));
      }
    }
    for (Future<Boolean> check : checks) {
      assertThat(result(check)).isTrue();
    }
  }

  private static boolean sameEachTime(Vectors vectors, int row) {
    double first = vectors.distances().squared(vectors.rows().get(row));
    for (int i = 0; i < 500; i++) {
      if (vectors.distances().squared(vectors.rows().get(row)) != first) {
        return false;
      }
    }
    return Math.abs(first - vectors.expected().get("squared").get(row).asDouble())
        <= EXACT * Math.max(1, first);
  }

  private static boolean result(Future<Boolean> check) throws InterruptedException {
    try {
      return check.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
