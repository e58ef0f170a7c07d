package io.evenkeel.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rollout.Playing.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Holds docs/rollout-simulation.md and docs/rollouts.svg. The page takes minutes; a build plays the
 * first rollouts of each row, and with them finds out whether the others would come out otherwise.
 */
class RolloutSimulationTest {
  private static final Path PAGE = Path.of("docs/rollout-simulation.md");
  private static final Path PICTURE = Path.of("docs/rollouts.svg");
  private static final String MEND =
      "If that is meant: mvn test -Dtest=RolloutSimulationTest -Devenkeel.leftOut=none";

  @Test
  @Tag("page")
  void writesThePage() throws IOException {
    SimulationPage page = new SimulationPage();
    for (Scene scene : Scenes.equal()) {
      List<Ending> endings = scene.play(scene.rollouts());
      page.addEqual(scene, endings);
      assertThat(endings)
          .as(scene.world().name())
          .filteredOn(ending -> ending.state() == Rollout.State.ROLLED_BACK)
          .hasSizeLessThanOrEqualTo(50);
    }
    page.addEqual(Scenes.unthinned(), Scenes.unthinned().play(Scenes.unthinned().rollouts()));
    page.addPeeking(peeking(Scenes.equal().getFirst()));
    page.beginWorse();
    for (Scene scene : Scenes.worse()) {
      page.addWorse(scene, scene.play(scene.rollouts()));
    }
    page.end();
    Files.writeString(PAGE, page.toString());
    Files.writeString(PICTURE, EvidenceChart.draw());
  }

  private static List<Peeking> peeking(Scene scene) {
    return IntStream.range(0, scene.rollouts())
        .parallel()
        .mapToObj(i -> {
          Peeking peeking = new Peeking();
          scene.playing(i).tell(peeking).play();
          return peeking;
        })
        .toList();
  }

  @Test
  @DisabledIfSystemProperty(named = "evenkeel.leftOut", matches = "none")
  void thePageIsWhatTheSimulationSays() throws IOException {
    List<String> rows = Files.readAllLines(PAGE);
    List<String> differing = new ArrayList<>();
    Stream.of(Scenes.equal(), List.of(Scenes.unthinned()), Scenes.worse())
        .flatMap(List::stream)
        .forEach(scene -> {
          String row = "| " + scene.world().name() + " |";
          long requests = scene.fingerprint(scene.play(scene.held()));
          String end = String.format(Locale.ROOT, " %,d |", requests);
          if (rows.stream().noneMatch(line -> line.startsWith(row) && line.endsWith(end))) {
            differing.add(scene.world().name() + ": now" + end);
          }
        });

    assertThat(differing).as("rows of %s that differ. %s", PAGE, MEND).isEmpty();
  }

  @Test
  @DisabledIfSystemProperty(named = "evenkeel.leftOut", matches = "none")
  void thePictureIsWhatTheSimulationSays() throws IOException {
    assertThat(EvidenceChart.draw())
        .as("%s differs. %s", PICTURE, MEND)
        .isEqualTo(Files.readString(PICTURE));
  }
}
