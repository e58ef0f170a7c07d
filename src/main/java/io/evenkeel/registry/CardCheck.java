package io.evenkeel.registry;

import io.evenkeel.contract.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a model card against what people need to know before they use a model. */
final class CardCheck {
  /** What every card says, and how to put it. */
  private static final Map<String, String> NEEDED = needed();

  private CardCheck() {}

  private static Map<String, String> needed() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("summary", "say what the model does, in one or two sentences");
    needed.put("owner", "say who answers for the model");
    needed.put("licence", "say under which terms data and model may be used");
    needed.put("intendedUse", "say what it was made for");
    needed.put("outOfScope", "say what it must not be used for");
    needed.put("trainingData", "say which data it learnt from: source, time, number of rows");
    needed.put("metrics", "say how good it is, on rows it was not trained on");
    needed.put("limits", "say where it is known to be wrong or unproven");
    needed.put("ethicalNotes", "say whom a wrong or unfair answer would harm, and what was done");
    return needed;
  }

  /** The members every card has, each with what belongs there. */
  static Map<String, String> members() {
    return NEEDED;
  }

  static void check(ModelFolder folder, StageNotes notes) {
    if (!folder.has(ModelFolder.CARD)) {
      notes.say("none");
      notes
          .hints()
          .add(
              ModelFolder.CARD,
              0,
              "there is no model card",
              "write one, so that people know what the model is for; `init` drafts one");
      return;
    }
    String text = new String(folder.read(ModelFolder.CARD), StandardCharsets.UTF_8);
    YamlNode card = YamlNode.parse(ModelFolder.CARD, text, notes.mistakes());
    Placeholders.note("", card);
    NEEDED.forEach((member, mend) -> {
      YamlNode found = card.find(member);
      if (found == null) {
        card.mistake("the member `" + member + "` is missing", mend);
      } else if (isEmpty(found.toJson())) {
        found.mistake("`" + member + "` is empty", mend);
      }
    });
    notes.say(NEEDED.size() + " needed members");
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isBlank();
      case Collection<?> items -> items.isEmpty();
      case Map<?, ?> members -> members.isEmpty();
      default -> false;
    };
  }
}
