package io.evenkeel.cli.replay;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Outputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a JSON object of a row's cells, typed by the contract. A cell that isn't what its feature
 * takes is passed on as a string, so that the contract's own rules tell of it. An empty cell is
 * null where the feature may be, and absent otherwise.
 */
final class CsvRow {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final String PREDICTION = "prediction";

  private final Contract contract;
  private final String outcome;
  private final Map<String, Feature> features = new HashMap<>();
  private final List<String> passedOver = new ArrayList<>();
  private String[] header = new String[0];

  CsvRow(Contract contract, String outcome) {
    this.contract = contract;
    this.outcome = outcome;
    for (Feature feature : contract.features()) {
      features.put(feature.name(), feature);
      feature.evolution().aliases().forEach(alias -> features.put(alias, feature));
    }
  }

  /** Columns that are neither a feature nor a prediction nor the outcome. */
  List<String> passedOver() {
    return passedOver;
  }

  void readHeader(String[] names) {
    header = names.clone();
    if (header.length > 0 && header[0].startsWith("\uFEFF")) {
      header[0] = header[0].substring(1);
    }
    Set<Feature> found = new HashSet<>();
    for (String name : header) {
      Feature feature = features.get(name);
      if (feature != null && !found.add(feature)) {
        throw new UnusableDataException(
            "the header names `" + feature.name() + "` twice; leave one of the columns out");
      }
      if (feature == null && !name.equals(outcome) && !name.equals(PREDICTION)) {
        passedOver.add(name);
      }
    }
    if (found.isEmpty()) {
      throw new UnusableDataException(
          "the first line names no feature of the contract; begin the file with a header, such as "
              + contract.features().getFirst().name()
              + ",…");
    }
  }

  DataLine read(long number, String[] cells) {
    if (cells.length != header.length) {
      return new DataLine.Unreadable(
          number, "has " + cells.length + " cells, and the header has " + header.length);
    }
    StringBuilder instance = new StringBuilder();
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      Feature feature = features.get(header[i]);
      if (feature != null) {
        String value = value(feature, cells[i]);
        if (!value.isEmpty()) {
          append(instance, header[i], value);
        }
      } else if (!cells[i].isEmpty() && header[i].equals(outcome)) {
        others.append(", ");
        append(others, outcome, quoted(cells[i]));
      } else if (!cells[i].isEmpty() && header[i].equals(PREDICTION)) {
        others.append(", ").append(quoted(PREDICTION)).append(": ").append(prediction(cells[i]));
      }
    }
    return new DataLine.Body(number, "{\"instance\": {" + instance + "}" + others + "}");
  }

  private static void append(StringBuilder json, String name, String value) {
    if (!json.isEmpty() && json.charAt(json.length() - 1) != ' ') {
      json.append(", ");
    }
    json.append(quoted(name)).append(": ").append(value);
  }

  private static String value(Feature feature, String cell) {
    if (cell.isEmpty()) {
      return feature.presence().nullable() ? "null" : "";
    }
    return switch (feature.type()) {
      case NUMBER, INTEGER -> NUMBER.matcher(cell).matches() ? cell : quoted(cell);
      case BOOLEAN -> truth(cell);
      case CATEGORY, STRING, DATE, DATETIME -> quoted(cell);
      case TENSOR -> cell.startsWith("[") ? cell : quoted(cell);
    };
  }

  private static String truth(String cell) {
    String lower = cell.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : quoted(cell);
  }

  private String prediction(String cell) {
    return contract.outputs() instanceof Outputs.Regression && NUMBER.matcher(cell).matches()
        ? "{\"value\": " + cell + "}"
        : "{\"label\": " + quoted(cell) + "}";
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
