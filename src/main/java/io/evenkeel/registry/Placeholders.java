package io.evenkeel.registry;

import io.evenkeel.contract.YamlNode;
import java.util.Locale;

/**
 * Finds what is still to be filled in: values that begin with {@code TODO}, as {@code init} leaves
 * them. What follows the word says what belongs there.
 */
final class Placeholders {
  private static final String MARK = "TODO";

  private Placeholders() {}

  /**
   * Notes each placeholder at or below a node, where its document's mistakes are collected.
   *
   * @param name the key that the node stands under
   */
  static void note(String name, YamlNode node) {
    if (node.isMapping()) {
      node.members().forEach((key, value) -> note(key, value));
    } else if (node.isSequence()) {
      node.items().forEach(item -> note(name, item));
    } else {
      String text = node.text();
      if (isPlaceholder(text)) {
        node.mistake("`" + name + "`" + FolderCheck.TO_BE_FILLED_IN, mend(text));
      }
    }
  }

  static boolean isPlaceholder(String text) {
    return text.startsWith(MARK)
        && (text.length() == MARK.length()
            || !Character.isLetterOrDigit(text.charAt(MARK.length())));
  }

  private static String mend(String text) {
    String rest = text.substring(MARK.length()).replaceFirst("^\\W+", "");
    return rest.isEmpty()
        ? "write it"
        : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }
}
