package io.evenkeel.contract;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads categories and strings. */
final class TextReader extends FeatureReader {
  private static final int UNLISTED = -1;
  private static final int LISTED_IN_AN_ERROR = 20;

  private final Map<String, Integer> positions = new HashMap<>();

  TextReader(Place place) {
    super(place);
    List<String> values = feature.text().values();
    for (int i = 0; i < values.size(); i++) {
      positions.put(values.get(i), i);
    }
  }

  @Override
  String expected() {
    return positions.isEmpty() ? super.expected() : oneOf();
  }

  private String oneOf() {
    List<String> values = feature.text().values();
    String shown =
        String.join(
            ", ",
            values.subList(0, Math.min(values.size(), LISTED_IN_AN_ERROR)).stream()
                .map(Received::quoted)
                .toList());
    return "one of "
        + shown
        + (values.size() > LISTED_IN_AN_ERROR
            ? " and " + (values.size() - LISTED_IN_AN_ERROR) + " more"
            : "");
  }

  @Override
  void readValue(JsonParser json, Row row) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      refuseType(json, row);
      return;
    }
    String text = json.getString();
    Integer position = positions.get(text);
    if (position != null) {
      row.put(index, slot, position, text);
    } else if (isWellFormed(text, row)) {
      readUnlisted(text, row);
    }
  }

  private boolean isWellFormed(String text, Row row) {
    if (!Received.hasLoneSurrogate(text)) {
      return true;
    }
    row.findings()
        .violate(feature, "wellFormed", "text without lone surrogates", Received.quoted(text));
    return false;
  }

  private void readUnlisted(String text, Row row) {
    if (positions.isEmpty()) {
      readFreeText(text, row);
    } else if (feature.text().unknown() == UnknownCategory.OTHER) {
      row.put(index, slot, UNLISTED, text);
      row.findings()
          .warn(
              feature, "unknownCategory", "should be " + oneOf() + "; it counts as another value");
    } else if (!breaks(row, "values", oneOf() + hint(text), Received.quoted(text))) {
      row.put(index, slot, UNLISTED, text);
    }
  }

  /** The value that was probably meant; nothing where that would tell what came. */
  private String hint(String text) {
    return feature.sensitive()
        ? ""
        : Suggestion.of(text, feature.text().values())
            .map(near -> "; did you mean " + Received.quoted(near) + "?")
            .orElse("");
  }

  private void readFreeText(String text, Row row) {
    Feature.TextRules rules = feature.text();
    int length = text.codePointCount(0, text.length());
    Pattern pattern = rules.pattern();
    boolean fits = true;
    if (length < rules.minLength()) {
      fits = refuse(row, "minLength", "at least " + characters(rules.minLength()), text);
    } else if (length > rules.maxLength()) {
      fits = refuse(row, "maxLength", "at most " + characters(rules.maxLength()), text);
    }
    if (pattern != null && !pattern.matcher(text).find()) {
      fits &= refuse(row, "pattern", "text that matches " + pattern.pattern(), text);
    }
    if (fits) {
      row.put(index, slot, UNLISTED, text);
    }
  }

  /** Notes a broken rule. Returns whether the text can be kept all the same. */
  private boolean refuse(Row row, String rule, String expected, String text) {
    return !breaks(row, rule, expected, Received.quoted(text));
  }

  private static String characters(int count) {
    return count + (count == 1 ? " character" : " characters");
  }
}
