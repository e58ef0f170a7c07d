package io.evenkeel.registry;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the model card, which people read and nothing depends on. */
final class Card {
  private Card() {}

  static Object read(ModelFolder folder) {
    if (!folder.has(ModelFolder.CARD)) {
      return Map.of();
    }
    String text = new String(folder.read(ModelFolder.CARD), StandardCharsets.UTF_8);
    Object card = YamlNode.parse(ModelFolder.CARD, text, new Mistakes()).toJson();
    return card == null ? Map.of() : card;
  }

  /** Stops a version whose card is there but isn't YAML. */
  static void check(ModelFolder folder) throws UnusableModelException {
    read(folder);
  }
}
