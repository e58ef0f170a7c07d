package io.evenkeel.contract;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** How an error shows what came: short, never a whole body, never broken Unicode. */
final class Received {
  private static final int LONGEST = 64;

  private Received() {}

  /** The parser's current token in words. Doesn't move the parser. */
  static String token(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> quoted(json.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> shorten(json.getString(), LONGEST);
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      case null, default -> "nothing";
    };
  }

  /**
   * The same without what a text says: it could be a whole instance, sensitive features and all.
   */
  static String kind(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_STRING ? "a string" : token(json);
  }

  static String quoted(String text) {
    return '"' + shorten(text, LONGEST) + '"';
  }

  static String shorten(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    return hasLoneSurrogate(cut) ? repaired(cut) : cut;
  }

  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String repaired(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int codePoint = text.codePointAt(i);
      boolean lone = Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint);
      repaired.appendCodePoint(lone ? 0xFFFD : codePoint);
      i += Character.charCount(codePoint) - 1;
    }
    return repaired.toString();
  }
}
