package io.evenkeel.serving.shadow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routes;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.ShadowObserver;
import io.evenkeel.serving.spi.ShadowedRow;
import io.evenkeel.serving.spi.ShadowedRow.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Version 1 doubles x. As its shadows 2 does too, 3 makes four times x of it, 4 asks for less. */
@Timeout(120)
class ShadowTest {
  private static final int MAX_ROWS = 4;
  private static final String FOURFOLD =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number}
      inputs:
        - {tensor: X, columns: [{feature: x, transforms: [{standardize: {mean: 0, scale: 0.5}}]}]}
      outputs: {task: regression, value: value}
      """;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BlockingQueue<ShadowedRow> told = new LinkedBlockingQueue<>();
  private volatile @Nullable Hold hold;
  private ModelRegistry registry;
  private Router router;
  private Shadow shadow;
  private long revision;

  /** Stops the shadow's thread after a copy was compared. */
  private static final class Hold {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      await(released);
    }

    static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    models.makeDoubling("m/2");
    models.make(
        "m/3", "poison", FOURFOLD, "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 16}}\n");
    models
        .makeDoubling("m/4")
        .replace("contract.yaml", "type: number", "type: number, maximum: 9")
        .seal();
    registry = models.loaded();
    router = new Router(registry, Routes.NONE, "m");
    shadow =
        shadow(
            List.of(
                row -> {
                  throw new IllegalStateException("of the first observer");
                },
                row -> {
                  told.add(row);
                  Hold now = hold;
                  if (now != null) {
                    now.pass();
                  }
                }));
  }

  private Shadow shadow(List<ShadowObserver> observers) {
    return shadow(observers, Duration.ofSeconds(30));
  }

  private Shadow shadow(List<ShadowObserver> observers, Duration single) {
    LatencyBudget budget = new LatencyBudget(single, single);
    Shadow.Settings settings = new Shadow.Settings(new ShadowProperties(MAX_ROWS, 0.01), budget);
    return new Shadow(router, settings, observers, meters, InstantSource.system());
  }

  @AfterEach
  void stop() {
    Hold last = hold;
    if (last != null) {
      last.released.countDown();
    }
    shadow.close();
    registry.close();
  }

  private void shadowedBy(String version) {
    shadowedBy(version, 100);
  }

  private void shadowedBy(String version, double percent) {
    change(route -> route.withStable("1").withShadow(split(version, percent)));
  }

  private static Split split(String version, double percent) {
    return new Split(version, Share.ofPercent(percent));
  }

  private void change(UnaryOperator<ModelRoute> change) {
    router.use(router.routes().with("m", change), ++revision);
  }

  private ModelVersion version(String version) {
    return requireNonNull(registry.find("m", version));
  }

  private Row row(Object x) {
    Servable servable = requireNonNull(version("1").servable());
    try (JsonParser json = JsonMapper.shared().createParser("{\"x\": " + x + "}")) {
      json.nextToken();
      return servable.reader().read(json);
    }
  }

  /** Version 1 has answered single requests for these values as it should. */
  private void answered(double... values) {
    for (double x : values) {
      observe(Endpoint.SINGLE, Routing.Role.STABLE, List.of(x), List.of(2 * x));
    }
  }

  /**
   * @param answers null where there is none
   */
  private void observe(
      Endpoint endpoint, Routing.Role role, List<?> values, List<@Nullable Double> answers) {
    List<@Nullable Prediction> predictions = new ArrayList<>();
    answers.forEach(
        answer -> predictions.add(answer == null ? null : DifferenceTest.value(answer)));
    shadow.observe(
        event(
            endpoint,
            values.stream().map(this::row).toList(),
            predictions,
            new PredictionEvent.Origin(role, revision, Requester.NOBODY)));
  }

  private PredictionEvent event(
      Endpoint endpoint,
      List<Row> rows,
      List<@Nullable Prediction> predictions,
      PredictionEvent.Origin origin) {
    return new PredictionEvent(
        version("1"),
        requireNonNull(version("1").servable()).contract(),
        endpoint,
        rows,
        new PredictionEvent.Ending("served", predictions, 9_000_000, 2_000),
        origin);
  }

  private ShadowReport report() {
    return requireNonNull(shadow.report("m"));
  }

  /** The report once every copy has come to its end, which each comes to once. */
  private ShadowReport settled() {
    while (true) {
      ShadowReport report = report();
      ShadowReport.Rows rows = report.rows();
      long ended = rows.compared() + rows.failed() + report.allDropped();
      assertThat(ended).isLessThanOrEqualTo(rows.taken());
      if (ended == rows.taken()) {
        return report;
      }
      Thread.onSpinWait();
    }
  }

  private void next(Result result) throws InterruptedException {
    ShadowedRow row = told.poll(60, TimeUnit.SECONDS);
    assertThat(row).isNotNull().extracting(ShadowedRow::result).isEqualTo(result);
  }

  private double counted(String meter, String version, String tag, String value) {
    return meters.get(meter).tags("model", "m", "version", version, tag, value).counter().count();
  }

  @Test
  void comparesAnEqualCandidate() throws Exception {
    shadowedBy("2");
    answered(1, 2, 3);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 3, 0, 0, 0));
    assertThat(report.answers().measure()).isEqualTo(ShadowReport.Measure.RELATIVE_DIFFERENCE);
    assertThat(requireNonNull(report.answers().distance()).max()).isZero();
    assertThat(requireNonNull(report.pair()).stable()).isEqualTo("1");
    assertThat(requireNonNull(report.laneSeconds().stable()).p50()).isEqualTo(0.002);
    assertThat(requireNonNull(report.laneSeconds().candidate()).p50()).isPositive();
    assertThat(report.verdict())
        .startsWith("Too early to tell. Version 2 agrees with version 1 on 100.00 % of 3 rows");
    ShadowedRow row = requireNonNull(told.poll(60, TimeUnit.SECONDS));
    assertThat(row.stable()).isSameAs(version("1"));
    assertThat(row.candidate()).isSameAs(version("2"));
    assertThat(row.routingKey()).isEqualTo(Requester.NOBODY.routingKey());
    assertThat(row.result()).isEqualTo(Result.AGREE);
    assertThat(row.distance()).isZero();
    assertThat(row.laneNanos()).isPositive();
    assertThat(counted("evenkeel.shadow.rows", "2", "result", "agree")).isEqualTo(3);
  }

  @Test
  void findsOneThatDiffers() throws Exception {
    shadowedBy("3");
    answered(1, 2, 0);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 1, 2, 0, 0));
    // 4x to 2x: half of the larger one, but where both are 0.
    assertThat(requireNonNull(report.answers().distance()).max()).isEqualTo(0.5);
    assertThat(requireNonNull(report.answers().distance()).mean()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(requireNonNull(report.answers().absolute()).max()).isEqualTo(4);
    assertThat(requireNonNull(report.answers().agreement()).share())
        .isCloseTo(1 / 3.0, within(1e-9));
    next(Result.DIFFER);
    next(Result.DIFFER);
    next(Result.AGREE);
    assertThat(counted("evenkeel.shadow.rows", "3", "result", "differ")).isEqualTo(2);
    assertThat(meters.get("evenkeel.shadow.distance").tags("version", "3").summary().totalAmount())
        .isEqualTo(1);
    assertThat(meters.get("evenkeel.shadow").tags("version", "3").timer().count()).isEqualTo(3);
  }

  @Test
  void countsWhereTheCandidateFails() throws Exception {
    shadowedBy("3");
    // Four times 333 is no more than twice 666, on which the graph fails.
    answered(333, 1);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 1, 1, 0));
    assertThat(report.verdict()).contains("It gave no answer to 1 of 2, to 0 of them");
    next(Result.FAILED);
    next(Result.DIFFER);
    assertThat(counted("evenkeel.shadow.rows", "3", "result", "failed")).isEqualTo(1);
  }

  @Test
  void dropsCopiesThatTheCandidateWouldReadOtherwise() {
    shadowedBy("4");
    answered(1, 2);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.OTHER_CONTRACT, 2L);
    assertThat(report.verdict())
        .isEqualTo(
            "No answers were compared yet. Of 2 copies 2 were not tried, 2 of them because of"
                + " other-contract.");
    assertThat(counted("evenkeel.shadow.dropped", "4", "reason", "other-contract")).isEqualTo(2);
  }

  @Test
  void neverWaitsForTheCandidateAndCountsWhatItCannotTake() throws Exception {
    Hold held = new Hold();
    hold = held;
    shadowedBy("2");
    answered(1);
    Hold.await(held.reached);
    // From here on the shadow's thread does nothing; each call returns all the same.
    answered(IntStream.range(0, 10).mapToDouble(x -> x).toArray());
    ShadowReport report = report();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(11, 1, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.QUEUE_FULL, 10L - MAX_ROWS);
    held.released.countDown();
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(11, 1 + MAX_ROWS, 0, 0, 0));
    assertThat(counted("evenkeel.shadow.dropped", "2", "reason", "queue-full"))
        .isEqualTo(10 - MAX_ROWS);
  }

  @Test
  void copiesOfABatchWhatWasAnsweredUpToABound() {
    shadowedBy("2");
    observe(
        Endpoint.BATCH, Routing.Role.STABLE, List.of(1.0, 2.0, 3.0), Arrays.asList(2.0, null, 6.0));
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 2, 0, 0, 0));
    assertThat(report.laneSeconds().stable()).as("a batch takes longer than a row").isNull();
    List<@Nullable Double> answers = new ArrayList<>();
    IntStream.range(0, 100).forEach(x -> answers.add(2.0 * x));
    List<Double> many = IntStream.range(0, 100).mapToObj(x -> (double) x).toList();
    observe(Endpoint.BATCH, Routing.Role.STABLE, many, answers);
    ShadowReport after = settled();
    assertThat(after.rows().taken()).isEqualTo(102);
    assertThat(after.dropped())
        .containsEntry(DropReason.TOO_LARGE, 100L - Shadow.MOST_ROWS_OF_A_BATCH);
  }

  @Test
  void spreadsWhatItCopiesOverTheBatch() {
    for (int rows : new int[] {1, 32, 33, 64, 1000, 9999}) {
      int[] copied =
          IntStream.range(0, rows).filter(number -> Shadow.isSpread(number, rows)).toArray();
      assertThat(copied).hasSize(Math.min(rows, Shadow.MOST_ROWS_OF_A_BATCH));
      int widest = 0;
      for (int i = 1; i < copied.length; i++) {
        widest = Math.max(widest, copied[i] - copied[i - 1]);
      }
      assertThat(widest).isLessThanOrEqualTo(1 + rows / Shadow.MOST_ROWS_OF_A_BATCH);
    }
  }

  @Test
  void copiesOnlyWhatStableHasAnswered() {
    shadowedBy("2");
    for (Routing.Role role : Routing.Role.values()) {
      if (role != Routing.Role.STABLE) {
        observe(Endpoint.SINGLE, role, List.of(1.0), List.of(2.0));
      }
    }
    observe(Endpoint.SINGLE, Routing.Role.STABLE, List.of(1.0), List.of());
    change(route -> route.withStable("2"));
    answered(1);
    change(route -> route.withStable("1").withShadow(split("1", 100)));
    answered(1);
    change(route -> route.withShadow(split("2", 0)));
    answered(1);
    assertThat(report().rows().taken()).isZero();
    assertThat(report().verdict()).isEqualTo("Nothing was copied yet.");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void startsAndStopsWithTheRoute() throws Exception {
    assertThat(shadow.report("m")).isNull();
    answered(1);
    shadowedBy("2", 100);
    answered(2);
    ShadowReport first = settled();
    assertThat(first.rows().taken()).isEqualTo(1);
    shadowedBy("2", 99);
    assertThat(report().rows()).as("another share changes nothing").isEqualTo(first.rows());
    change(route -> route.withShadow(null));
    answered(3);
    assertThat(shadow.report("m")).isNull();
    shadowedBy("2", 100);
    assertThat(report().rows().taken()).as("it begins anew").isZero();
    answered(4, 5);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(2, 2, 0, 0, 0));
  }

  @Test
  void copiesThatWaitedWhileTheRouteChangedAreNotTried() throws Exception {
    Hold held = new Hold();
    hold = held;
    shadowedBy("2");
    answered(1);
    Hold.await(held.reached);
    answered(2, 3);
    shadowedBy("3");
    held.released.countDown();
    answered(4);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(1, 0, 1, 0, 0));
    next(Result.AGREE);
    next(Result.DIFFER);
    assertThat(counted("evenkeel.shadow.dropped", "2", "reason", "outdated")).isEqualTo(2);
  }

  @Test
  void aCandidateThatGoesAwayTakesNoCopies() throws Exception {
    Hold held = new Hold();
    hold = held;
    shadowedBy("2");
    answered(1);
    Hold.await(held.reached);
    answered(2, 3);
    registry.close();
    held.released.countDown();
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(3, 1, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.NOT_READY, 2L);
    assertThat(version("2").state()).isEqualTo(ModelVersion.State.RETIRED);
  }

  @Test
  void whatWasRoutedBeforeTheShadowBeganIsNotCopied() {
    change(route -> route.withStable("1"));
    PredictionEvent before =
        event(
            Endpoint.SINGLE,
            List.of(row(1)),
            List.of(DifferenceTest.value(2)),
            new PredictionEvent.Origin(Routing.Role.STABLE, revision, Requester.NOBODY));
    shadowedBy("2");
    shadow.observe(before);
    answered(1);
    assertThat(settled().rows()).isEqualTo(new ShadowReport.Rows(1, 1, 0, 0, 0));
  }

  @Test
  void aRowThatIsTooLargeIsNotKept() {
    shadowedBy("2");
    Prediction large =
        new Prediction.Raw(Map.of("out", "x".repeat((int) HandOff.MOST_BYTES_OF_ONE)));
    shadow.observe(
        event(
            Endpoint.SINGLE,
            List.of(row(1)),
            List.of(large),
            new PredictionEvent.Origin(Routing.Role.STABLE, revision, Requester.NOBODY)));
    assertThat(settled().dropped()).containsEntry(DropReason.TOO_LARGE, 1L);
  }

  @Test
  void aCandidateThatCanNotBeInTimeIsNotTried() {
    shadow.close();
    shadow = shadow(List.of(), Duration.ofNanos(1));
    shadowedBy("2");
    answered(1, 2);
    ShadowReport report = settled();
    assertThat(report.rows()).isEqualTo(new ShadowReport.Rows(2, 0, 0, 0, 0));
    assertThat(report.dropped()).containsEntry(DropReason.SHED, 2L);
  }

  @Test
  void copiesNothingAfterItsEnd() throws Exception {
    shadowedBy("2");
    answered(1);
    assertThat(settled().rows().taken()).isEqualTo(1);
    shadow.close();
    answered(2);
    assertThat(report().rows().taken()).isEqualTo(1);
  }
}
