package io.evenkeel.control.remediation;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.control.Author;
import io.evenkeel.control.ControlledModels;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.JournalQuery;
import io.evenkeel.control.Revision;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.remediation.RemediationPolicy;
import io.evenkeel.routing.remediation.Signal;
import io.evenkeel.routing.remediation.Signal.Stage;
import io.evenkeel.routing.remediation.SignalSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemediationControlTest {
  private static final Author OPERATOR = new Author("ada", "test");
  private static final RemediationPolicy POLICY =
      new RemediationPolicy(
          true,
          0.2,
          200,
          5000,
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Duration.ofHours(6),
          2,
          Duration.ofMinutes(5));

  private final Watcher watcher = new Watcher();
  private ControlledModels models;
  private RemediationControl remediation;
  private Instant now = Instant.parse("2026-11-26T08:00:00Z");

  /** Whoever would tell of drift. */
  private static final class Watcher implements SignalSource {
    private List<Signal> standing = List.of();
    private long rows;

    @Override
    public List<Signal> signals(String model) {
      return standing;
    }

    @Override
    public long rowsWatched(String model, String version) {
      return rows;
    }
  }

  @BeforeEach
  void begin(@TempDir Path root) {
    models = new ControlledModels(root);
    remediation = begun();
    Revision ignored =
        models.control().changeRoute(OPERATOR, "t", "m", route -> route.withFallback("2"));
  }

  private RemediationControl begun() {
    return new RemediationControl(
        models.control(), models.router(), List.of(watcher), POLICY, () -> now);
  }

  @AfterEach
  void end() {
    models.close();
  }

  private void minutes(int count) {
    for (int i = 0; i < count; i++) {
      now = now.plusSeconds(60);
      watcher.rows += 100;
      remediation.look();
    }
  }

  private void alarm() {
    watcher.standing =
        List.of(
            new Signal("m", "1", "inputs", Stage.ACT, 1e7, 0.5, 4000),
            new Signal("m", "1", "confidence", Stage.ACT, 1e7, 0.4, 4000));
  }

  private ModelRoute route() {
    return models.router().routes().of("m");
  }

  private List<String> actions() {
    return models.control().store().journal(JournalQuery.first(1000)).stream()
        .map(JournalEntry::action)
        .toList();
  }

  @Test
  void divertsToTheFallbackWhileSignalsStandAndReturnsWhenItIsCalm() {
    minutes(5);
    assertThat(route().diverted()).isFalse();
    alarm();
    minutes(9);
    assertThat(route().diverted()).as("within the notice").isFalse();
    minutes(3);
    assertThat(route().diverted()).isTrue();
    assertThat(route().stable()).as("it is only diverted").isEqualTo("1");
    watcher.standing = List.of();
    minutes(20);
    assertThat(route().diverted()).isTrue();
    minutes(60);
    assertThat(route().diverted()).isFalse();
    assertThat(actions())
        .containsSubsequence("drift-noticed", "diverted", "diverted-evidence", "returned");
  }

  @Test
  void itsStateSurvivesTheProcess() {
    alarm();
    minutes(8);
    remediation = begun();
    minutes(3);
    assertThat(route().diverted()).as("the notice began before the restart").isTrue();
  }

  @Test
  void aPinEndsADiversion() {
    alarm();
    minutes(12);
    assertThat(route().diverted()).isTrue();
    Revision ignored = models.control().changeRoute(OPERATOR, "t", "m", r -> r.withPin("3"));
    minutes(1);
    assertThat(route().diverted()).isFalse();
    assertThat(route().pin()).isEqualTo("3");
  }

  @Test
  void looksOnceAMinute() {
    alarm();
    remediation.look();
    for (int i = 0; i < 1000; i++) {
      remediation.look();
    }
    assertThat(actions().stream().filter("drift-noticed"::equals)).hasSize(1);
    assertThat(route().diverted()).isFalse();
  }
}
