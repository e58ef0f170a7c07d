package io.evenkeel.api;

import io.evenkeel.contract.Bounds;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a contract takes, a line for each feature. */
final class FeatureTable {
  /** More allowed values than this are folded. */
  private static final int MOST_VALUES = 12;

  private static final List<Bounds.End> LOWER_FIRST =
      List.of(
          Bounds.End.MINIMUM,
          Bounds.End.EXCLUSIVE_MINIMUM,
          Bounds.End.EXCLUSIVE_MAXIMUM,
          Bounds.End.MAXIMUM);

  private final HtmlWriter html;

  FeatureTable(HtmlWriter html) {
    this.html = html;
  }

  void write(Contract contract) {
    html.open(
        "div",
        "class",
        "wide",
        "role",
        "region",
        "aria-label",
        "Features of an instance",
        "tabindex",
        "0");
    html.open("table").open("thead").open("tr");
    for (String column : List.of("Name", "Type", "Unit", "Allowed", "Description")) {
      html.element("th", column, "scope", "col");
    }
    html.close("tr").close("thead").open("tbody");
    contract.features().forEach(this::row);
    html.close("tbody").close("table").close("div");
  }

  private void row(Feature feature) {
    html.open("tr").open("th", "scope", "row").element("code", feature.name());
    if (feature.sensitive()) {
      html.text(" ").element("span", "sensitive", "class", "tag warn");
    }
    if (feature.evolution().deprecated() != null) {
      html.text(" ").element("span", "deprecated", "class", "tag warn");
    }
    html.close("th");
    html.element("td", YamlNode.written(feature.type()));
    html.element("td", orNothing(feature.documentation().unit()));
    html.open("td");
    allowed(feature);
    html.close("td").open("td").text(orNothing(feature.documentation().description()));
    if (feature.evolution().deprecated() != null) {
      html.element("div", "Deprecated: " + feature.evolution().deprecated(), "class", "dim");
    }
    html.close("td").close("tr");
  }

  private void allowed(Feature feature) {
    List<String> values = feature.text().values();
    if (values.size() > MOST_VALUES) {
      html.open("details").element("summary", values.size() + " values");
      html.text(String.join(", ", values)).close("details");
    } else if (!values.isEmpty()) {
      html.element("div", String.join(", ", values));
    }
    List<String> rules = rules(feature);
    if (!rules.isEmpty()) {
      html.element("div", String.join(", ", rules));
    }
    List<String> absence = absence(feature);
    if (!absence.isEmpty()) {
      html.element("div", String.join(", ", absence), "class", "dim");
    }
  }

  private static List<String> rules(Feature feature) {
    List<String> rules = new ArrayList<>();
    if (feature.tensor() != null) {
      rules.add(
          feature.tensor().shape().stream().map(String::valueOf).collect(Collectors.joining(" × "))
              + " "
              + YamlNode.written(feature.tensor().elements())
              + "s");
    }
    rules.addAll(range(feature));
    Feature.TextRules text = feature.text();
    if (text.pattern() != null) {
      rules.add("matches " + text.pattern().pattern());
    }
    if (text.minLength() > 0) {
      rules.add("at least " + text.minLength() + " characters");
    }
    if (text.maxLength() < Integer.MAX_VALUE) {
      rules.add("at most " + text.maxLength() + " characters");
    }
    return rules;
  }

  /** The bounds, the lower one first: both inclusive ones as a span, others in words. */
  private static List<String> range(Feature feature) {
    Bounds bounds = feature.bounds();
    List<String> range = new ArrayList<>();
    boolean isSpan = Double.isFinite(bounds.minimum()) && Double.isFinite(bounds.maximum());
    if (isSpan) {
      range.add(written(feature, bounds.minimum()) + " to " + written(feature, bounds.maximum()));
    }
    for (Bounds.End end : LOWER_FIRST) {
      boolean isInclusive = end == Bounds.End.MINIMUM || end == Bounds.End.MAXIMUM;
      if (Double.isFinite(bounds.at(end)) && !(isSpan && isInclusive)) {
        range.add(end.words() + written(feature, bounds.at(end)));
      }
    }
    return range;
  }

  private static String written(Feature feature, double bound) {
    return feature.type().isTemporal() ? feature.type().written(bound) : CardWords.number(bound);
  }

  private static List<String> absence(Feature feature) {
    List<String> absence = new ArrayList<>();
    if (feature.evolution().absent() != null) {
      absence.add("default " + feature.evolution().absent());
    } else if (!feature.presence().required()) {
      absence.add("optional");
    }
    if (feature.presence().nullable()) {
      absence.add("may be null");
    }
    return absence;
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? "" : text;
  }
}
