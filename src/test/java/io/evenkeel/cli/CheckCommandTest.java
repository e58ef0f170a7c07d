package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs read of a check. */
class CheckCommandTest {
  @TempDir private Path root;

  @Test
  void saysThatAllVersionsCanBeServed() {
    Invocation check = Invocation.of("check", "models");

    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("breast-cancer 2  models/breast-cancer/2\n", "  ok      golden     60 examples")
        .endsWith("5 of 5 versions can be served: 0 mistakes, 0 hints.\n");
  }

  @Test
  void saysWhatToMendAndWhere() {
    ScratchVersion version = new ScratchModels(root).copy("diabetes/1", "diabetes/1");
    version.replace("contract.yaml", "type: category", "type: enum");
    Invocation check = Invocation.of("check", version.folder().toString());

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .containsPattern(
            "  mistake contract\n            contract.yaml:\\d+: `enum` is no value of `type`\n"
                + "              mend: use one of number, ")
        .contains("  skipped fit        the contract can't be used\n", "  ok      card ")
        .endsWith("Not yet: 2 mistakes, 0 hints.\n");
  }

  @Test
  void writesTheSameAsJson() {
    ScratchVersion version = new ScratchModels(root).copy("diabetes/1", "diabetes/1");
    version.replace("card.yaml", "owner: Evenkeel maintainers", "owner: TODO");
    Invocation check = Invocation.of("check", "--json", version.folder().toString());
    JsonNode report = JsonMapper.shared().readTree(check.out());

    assertThat(check.code()).isEqualTo(1);
    assertThat(report.path("sound").asBoolean()).isFalse();
    JsonNode stage = report.at("/versions/0/stages/7");
    assertThat(stage.path("stage").asString()).isEqualTo("card");
    assertThat(stage.path("verdict").asString()).isEqualTo("mistake");
    assertThat(stage.at("/mistakes/0/line").asInt()).isEqualTo(5);
    assertThat(stage.at("/mistakes/0/cause").asString())
        .isEqualTo("`owner` is still to be filled in");
  }

  @Test
  void explainsAPathWithoutVersions() {
    Invocation check = Invocation.of("check", root.toString());

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.err()).contains("there is no model's version in here", "Mend: ");
  }

  @Test
  void refusesACommandLineThatIsNotRight() {
    Invocation check = Invocation.of("check", "--write-manifests", "models");

    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("--write-manifest");
  }

  @Test
  void saysItsVersion() {
    assertThat(Invocation.of("--version").out()).startsWith("evenkeel ");
  }
}
