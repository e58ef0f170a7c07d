package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.contract.Mistake;
import io.evenkeel.registry.ModelVersion.State;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What loading makes of cards that lack something. */
@ExtendWith(OutputCaptureExtension.class)
class CardPolicyTest {
  @TempDir private Path root;
  private ScratchModels models;

  @BeforeEach
  void makeVersionsWithCardsOfAllKinds() {
    models = new ScratchModels(root);
    models.copy("diabetes/1", "whole/1");
    models
        .copy("diabetes/1", "gaps/1")
        .replace("card.yaml", "owner: Evenkeel maintainers", "owner: ''")
        .replace("card.yaml", "licence: ", "license: ")
        .replace("card.yaml", "scikit-learn: 1.9.1", "scikit-learn: TODO")
        .seal();
    models.makeDoubling("bare/1");
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "WARN"})
  void servesAVersionWithoutItsCard(CardPolicy policy) {
    try (ModelRegistry registry = models.loaded(policy)) {
      assertThat(registry.all()).map(ModelVersion::state).containsOnly(State.READY);
      ModelCard gaps = version(registry, "gaps").card();
      assertThat(gaps.isComplete()).isFalse();
      assertThat(gaps.missing()).containsExactly("owner", "licence", "framework");
      assertThat(version(registry, "bare").card().missing()).hasSize(9).startsWith("summary");
      assertThat(version(registry, "whole").card().isComplete()).isTrue();
    }
  }

  @Test
  void warnsOnceOfEachIncompleteCard(CapturedOutput log) {
    try (ModelRegistry registry = models.loaded(CardPolicy.WARN)) {
      registry.all().forEach(ModelVersion::card);
      assertThat(log.getOut().lines().filter(line -> line.contains("incomplete model card")))
          .hasSize(2)
          .anySatisfy(line ->
              assertThat(line)
                  .contains("gaps 1", "`owner` is empty", "the member `licence` is missing"))
          .anySatisfy(line -> assertThat(line).contains("bare 1", "the file is missing"));
    }
  }

  @Test
  void keepsQuietWhereNobodyAsks(CapturedOutput log) {
    try (ModelRegistry registry = models.loaded(CardPolicy.OFF)) {
      assertThat(registry.all()).isNotEmpty();
      assertThat(log.getOut()).doesNotContain("model card");
    }
  }

  @Test
  void servesOnlyWholeCardsWhereTheyAreRequired() {
    try (ModelRegistry registry = models.loaded(CardPolicy.REQUIRE)) {
      assertThat(version(registry, "whole").state()).isEqualTo(State.READY);
      ModelVersion gaps = version(registry, "gaps");
      assertThat(gaps.state()).isEqualTo(State.FAILED);
      assertThat(gaps.mistakes())
          .extracting(Mistake::file, Mistake::line, Mistake::cause)
          .contains(
              tuple("card.yaml", 5, "`owner` is empty"),
              tuple("card.yaml", 24, "`scikit-learn` is still to be filled in"));
      assertThat(version(registry, "bare").mistakes())
          .extracting(Mistake::cause)
          .containsExactly("the file is missing");
    }
  }

  private static ModelVersion version(ModelRegistry registry, String model) {
    return requireNonNull(registry.find(model, "1"));
  }
}
