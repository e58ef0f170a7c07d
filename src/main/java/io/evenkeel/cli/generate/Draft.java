package io.evenkeel.cli.generate;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instance that is still being made: for each feature its JSON text. Not thread-safe. */
final class Draft {
  private final Contract contract;

  /** By feature; null where it is absent. */
  private final @Nullable String[] values;

  /** Further members, as they stand in the text. */
  private final List<String> extras = new ArrayList<>();

  Draft(Contract contract) {
    this(contract, new @Nullable String[contract.features().size()]);
  }

  private Draft(Contract contract, @Nullable String[] values) {
    this.contract = contract;
    this.values = values;
  }

  Draft copy() {
    Draft copy = new Draft(contract, Arrays.copyOf(values, values.length));
    copy.extras.addAll(extras);
    return copy;
  }

  @Nullable String get(int feature) {
    return values[feature];
  }

  void set(int feature, @Nullable String json) {
    values[feature] = json;
  }

  boolean isMissing(int feature) {
    String value = values[feature];
    return value == null || value.equals(Json.NULL);
  }

  /** Adds a member that may not be there. */
  void addExtra(String name, String json) {
    extras.add(Json.quoted(name) + ": " + json);
  }

  /** The instance as a JSON object. */
  String json() {
    StringBuilder json = new StringBuilder("{");
    List<Feature> features = contract.features();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        separate(json);
        json.append(Json.quoted(features.get(i).name())).append(": ").append(values[i]);
      }
    }
    for (String extra : extras) {
      separate(json);
      json.append(extra);
    }
    return json.append('}').toString();
  }

  private static void separate(StringBuilder json) {
    if (json.length() > 1) {
      json.append(", ");
    }
  }

  byte[] bytes() {
    return json().getBytes(StandardCharsets.US_ASCII);
  }
}
