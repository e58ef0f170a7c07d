package io.evenkeel.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Row;
import io.evenkeel.registry.ScratchModels;
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

  private double failures(String observer) {
    return meters.counter("evenkeel.observer.failures", "observer", observer).count();
  }

  @Test
  void tellsEachWhatCameOfTheRequest() {
    List<PredictionEvent> events = new ArrayList<>();
    Observers observers =
        new Observers(List.of(new Told("a", events::add), new Told("b", events::add)), meters);
    List<Row> rows = test.rows("1", 3, "null");
    observers.observe(to, Endpoint.BATCH, rows, new PredictionOutcome.Failed(to.version()));
    PredictionEvent event =
        new PredictionEvent(to.version(), to.servable().contract(), Endpoint.BATCH, rows, "failed");
    assertThat(events).containsExactly(event, event);
  }

  @Test
  void saysNothingOfARequestWithoutRows() {
    List<PredictionEvent> events = new ArrayList<>();
    Observers observers = new Observers(List.of(new Told("a", events::add)), meters);
    observers.observe(to, Endpoint.SINGLE, null, new PredictionOutcome.Failed(to.version()));
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
      observers.observe(
          to, Endpoint.SINGLE, test.rows("1", 3), new PredictionOutcome.Failed(to.version()));
    }
    assertThat(events).hasSize(3);
    assertThat(failures("broken")).isEqualTo(3);
    assertThat(failures("a")).isZero();
    assertThat(output.getAll().split("The observer broken failed", -1)).hasSize(2);
  }
}
