package io.evenkeel.registry;

import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks at what only people read in a contract: descriptions, examples, and what is still missing.
 */
final class ContractWords {
  private ContractWords() {}

  static void check(ModelFolder folder, StageNotes notes) {
    String text = new String(folder.read(ContractFile.NAME), StandardCharsets.UTF_8);
    YamlNode document = YamlNode.parse(ContractFile.NAME, text, notes.mistakes());
    Placeholders.note("", document);
    if (document.find("description") == null) {
      hint(notes, document, "the contract has no `description`", "say what one row is");
    }
    YamlNode features = document.find("features");
    if (features == null || !features.isSequence()) {
      return;
    }
    int described = 0;
    List<YamlNode> bare = new ArrayList<>();
    for (YamlNode feature : features.items()) {
      described += feature.find("description") == null ? 0 : 1;
      if (feature.find("example") == null) {
        bare.add(feature);
      }
    }
    if (!bare.isEmpty()) {
      String names =
          bare.stream().map(feature -> feature.findText("name")).collect(Collectors.joining(", "));
      hint(
          notes,
          bare.getFirst(),
          "there is no `example` of " + names,
          "add a typical value: it stands in the schema that clients read");
    }
    int all = features.items().size();
    notes.say(
        "of "
            + all
            + " features "
            + described
            + " with a description, "
            + (all - bare.size())
            + " with an example");
  }

  private static void hint(StageNotes notes, YamlNode where, String cause, String mend) {
    notes.hints().add(ContractFile.NAME, where.line(), cause, mend);
  }
}
