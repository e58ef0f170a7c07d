package io.evenkeel.contract.compatibility;

import com.google.re2j.Pattern;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Feature.TextRules;
import io.evenkeel.contract.UnknownCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a category or string takes: those that are listed, or else all that keep the rules
 * for free text.
 *
 * @param listed null where any text may come
 * @param rules for free text; where texts are listed they have no effect
 */
record TextDomain(@Nullable List<String> listed, TextRules rules) {
  static TextDomain of(Feature feature) {
    TextRules rules = feature.text();
    if (rules.unknown() == UnknownCategory.OTHER) {
      return new TextDomain(null, TextRules.NONE);
    }
    return rules.values().isEmpty()
        ? new TextDomain(null, rules)
        : new TextDomain(rules.values(), TextRules.NONE);
  }

  /** Whether this takes each text that another takes; false too where that can't be known. */
  boolean covers(TextDomain other) {
    if (other.listed != null) {
      return other.listed.stream().allMatch(this::takes);
    }
    return listed == null
        && rules.minLength() <= other.rules.minLength()
        && rules.maxLength() >= other.rules.maxLength()
        && (rules.pattern() == null || text(rules).equals(text(other.rules)));
  }

  private boolean takes(String text) {
    if (listed != null) {
      return listed.contains(text);
    }
    int length = text.codePointCount(0, text.length());
    Pattern pattern = rules.pattern();
    return length >= rules.minLength()
        && length <= rules.maxLength()
        && (pattern == null || pattern.matcher(text).find());
  }

  /** A pattern's text; none where there is no pattern. */
  static String text(TextRules rules) {
    return rules.pattern() == null ? "none" : rules.pattern().pattern();
  }
}
