package io.evenkeel.cli;

import io.evenkeel.contract.compatibility.Bump;
import io.evenkeel.contract.compatibility.Change;
import io.evenkeel.contract.compatibility.Compatibility;
import io.evenkeel.contract.compatibility.Impact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What changed between two contracts, for people and for machines. Immutable. */
final class DiffReport {
  private final Compatibility found;

  DiffReport(Compatibility found) {
    this.found = found;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int features = width(found.changes().stream().map(Change::feature).toList());
    int kinds = width(found.changes().stream().map(change -> change.kind().slug()).toList());
    for (Impact impact : Impact.values()) {
      List<Change> changes =
          found.changes().stream().filter(change -> change.impact() == impact).toList();
      if (!changes.isEmpty()) {
        line(text, heading(impact) + " (" + changes.size() + ")");
      }
      for (Change change : changes) {
        line(
            text,
            "  "
                + padded(change.feature(), features)
                + padded(change.kind().slug(), kinds)
                + change.words());
      }
    }
    line(text, verdict());
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line.stripTrailing()).append(System.lineSeparator());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return width == 0 ? "" : text + " ".repeat(width - text.length() + 2);
  }

  private static String heading(Impact impact) {
    return switch (impact) {
      case BREAKING -> "Breaks clients";
      case COMPATIBLE -> "Clients notice, and go on working";
      case MODEL -> "Only the model";
      case DOCUMENTATION -> "Documentation";
    };
  }

  private String verdict() {
    if (found.changes().isEmpty()) {
      return "Nothing changed that a contract says.";
    }
    String step =
        found.oldVersion().equals(found.newVersion())
            ? "schemaVersion stays " + found.newVersion()
            : "schemaVersion went from " + found.oldVersion() + " to " + found.newVersion();
    if (found.requiredBump() == Bump.NONE) {
      return step + ", and needs no step.";
    }
    String needed = "a " + word(found.requiredBump()) + " step";
    return found.isStated()
        ? step + ", as these changes need (" + needed + ")."
        : step
            + ", but these changes need "
            + needed
            + ": make it "
            + found.requiredBump().after(found.oldVersion())
            + ".";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("oldVersion", found.oldVersion());
    document.put("newVersion", found.newVersion());
    document.put("requiredBump", word(found.requiredBump()));
    document.put("statedBump", word(found.statedBump()));
    document.put("stated", found.isStated());
    document.put("breaksUnannounced", found.breaksUnannounced());
    document.put("changes", found.changes().stream().map(DiffReport::described).toList());
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    return mapper.writeValueAsString(document) + System.lineSeparator();
  }

  private static Map<String, Object> described(Change change) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("impact", word(change.impact()));
    described.put("kind", change.kind().slug());
    if (!change.feature().isEmpty()) {
      described.put("feature", change.feature());
    }
    described.put("words", change.words());
    return described;
  }
}
