package io.evenkeel.registry;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a model card, and holds it against what people need to know before they use a model. */
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
    findGaps(parse(folder, notes.mistakes()));
    notes.say(NEEDED.size() + " needed members");
  }

  /**
   * Stops a version whose card is there but isn't YAML.
   *
   * @throws UnusableModelException with the line
   */
  static void requireReadable(ModelFolder folder) {
    if (folder.has(ModelFolder.CARD)) {
      parse(folder, new Mistakes());
    }
  }

  /** The card as it is, whatever is wrong with it. */
  static ModelCard read(ModelFolder folder) {
    try {
      Mistakes mistakes = new Mistakes();
      YamlNode card = parse(folder, mistakes);
      List<String> missing = findGaps(card);
      Map<String, @Nullable Object> content = new LinkedHashMap<>();
      card.members().forEach((member, value) -> content.put(member, value.toJson()));
      return new ModelCard(content, missing, mistakes.all().stream().distinct().toList());
    } catch (UnusableModelException e) {
      return new ModelCard(Map.of(), List.copyOf(NEEDED.keySet()), e.mistakes());
    }
  }

  private static YamlNode parse(ModelFolder folder, Mistakes mistakes) {
    String text = new String(folder.read(ModelFolder.CARD), StandardCharsets.UTF_8);
    return YamlNode.parse(ModelFolder.CARD, text, mistakes);
  }

  /** Notes what is missing, and returns the names of the members that are still to be written. */
  private static List<String> findGaps(YamlNode card) {
    Set<String> unwritten = new LinkedHashSet<>();
    card.members()
        .forEach((member, value) -> {
          int before = card.mistakes().all().size();
          Placeholders.note(member, value);
          if (card.mistakes().all().size() > before) {
            unwritten.add(member);
          }
        });
    Set<String> gaps = new LinkedHashSet<>();
    NEEDED.forEach((member, mend) -> {
      YamlNode found = card.find(member);
      if (found == null) {
        card.mistake("the member `" + member + "` is missing", mend);
        gaps.add(member);
      } else if (isEmpty(found.toJson())) {
        found.mistake("`" + member + "` is empty", mend);
        gaps.add(member);
      } else if (unwritten.contains(member)) {
        gaps.add(member);
      }
    });
    gaps.addAll(unwritten);
    return List.copyOf(gaps);
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
