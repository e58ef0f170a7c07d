package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ObserversTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestWalk test;
  private Routing.Routed to;

  @BeforeEach
  void load(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    test = new TestWalk(models);
    to = test.to("1");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private record Told(String name, Consumer<PredictionEvent> by) implements PredictionObserver {
    @Override
    public void observe(PredictionEvent event) {
      by.accept(event);
    }
  }

  private void tell(
      Observers observers, Endpoint endpoint, List<Row> rows, PredictionOutcome outcome) {
    Conclusion.Seen seen = new Conclusion.Seen(to, endpoint, rows, Requester.NOBODY);
    Stopwatch stopwatch = new Stopwatch(System.nanoTime() - 4_000_000);
    stopwatch.lap(Step.QUEUE, 1_000_000);
    stopwatch.lap(Step.RUN, 2_000_000);
    stopwatch.lap(Step.WRITE);
    observers.observe(new Conclusion(outcome, seen), stopwatch);
  }

  private double failures(String observer) {
    return meters.counter("evenkeel.observer.failures", "observer", observer).count();
  }

  @Test
  void tellsEachWhatCameOfTheRequest() {
    List<PredictionEvent> events = new ArrayList<>();
    Observers observers =
        new Observers(List.of(new Told("a", events::add), new Told("b", events::add)), meters);
    List<Row> rows = test.rows("1", 3, "null");
    tell(observers, Endpoint.BATCH, rows, new PredictionOutcome.Failed(to.version()));
    assertThat(events)
        .hasSize(2)
        .allSatisfy(event -> {
          assertThat(event.asked()).isSameAs(to.version());
          assertThat(event.contract()).isSameAs(to.servable().contract());
          assertThat(event.endpoint()).isEqualTo(Endpoint.BATCH);
          assertThat(event.rows()).isSameAs(rows);
          assertThat(event.ending().outcome()).isEqualTo("failed");
          assertThat(event.ending().predictions()).isEmpty();
          assertThat(event.ending().nanos()).isPositive();
          assertThat(event.ending().laneMicros()).isEqualTo(3_000);
          assertThat(event.origin())
              .isEqualTo(new PredictionEvent.Origin(Routing.Role.NAMED, 1, Requester.NOBODY));
        });
  }

  @Test
  void tellsWhatTheVersionItselfComputed() {
    List<PredictionEvent> events = new ArrayList<>();
    Observers observers = new Observers(List.of(new Told("a", events::add)), meters);
    List<Row> rows = test.rows("1", 3, "null", 4);
    tell(observers, Endpoint.BATCH, rows, test.walk.many(to, rows, TestWalk.call()));
    assertThat(events.getFirst().ending().predictions())
        .extracting(found -> found == null ? null : TestWalk.value(found))
        .containsExactly(6.0, null, 8.0);
  }

  @Test
  void saysNothingOfARequestWithoutRows() {
    List<PredictionEvent> events = new ArrayList<>();
    Observers observers = new Observers(List.of(new Told("a", events::add)), meters);
    observers.observe(
        Conclusion.unseen(new PredictionOutcome.Failed(to.version())),
        new Stopwatch(System.nanoTime()));
    assertThat(events).isEmpty();
  }

  @Test
  void countsWhatAnObserverThrowsAndTellsTheOthers(CapturedOutput output) {
    List<PredictionEvent> events = new ArrayList<>();
    Told broken =
        new Told(
            "broken",
            event -> {
              throw new StackOverflowError("of the observer");
            });
    Observers observers = new Observers(List.of(broken, new Told("a", events::add)), meters);
    for (int i = 0; i < 3; i++) {
      tell(
          observers,
          Endpoint.SINGLE,
          test.rows("1", 3),
          new PredictionOutcome.Failed(to.version()));
    }
    assertThat(events).hasSize(3);
    assertThat(failures("broken")).isEqualTo(3);
    assertThat(failures("a")).isZero();
    assertThat(output.getAll().split("The observer broken failed", -1)).hasSize(2);
  }
}
