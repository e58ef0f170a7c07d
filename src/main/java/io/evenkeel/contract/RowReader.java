package io.evenkeel.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Reads instances from a request's body, token by token, straight into rows, and holds each value
 * against the contract on the way. Everything wrong with an instance is noted; only broken JSON
 * ends the reading, with the parser's own exception. Immutable, and safe for use by many threads.
 */
public final class RowReader {
  private static final String UNKNOWN_FEATURE = "unknownFeature";

  /** No name is expected before others. */
  private static final int NONE = -1;

  private final Contract contract;
  private final RuleFlags flags;
  private final FeatureReader[] readers;
  private final PropertyNameMatcher names;

  /** The features behind the names that follow the features' own. */
  private final int[] aliased;

  /** The features' own names. */
  private final SerializableString[] spelled;

  /** What is said of the absence of these is a violation, a warning or a default. */
  private final long[] wanted;

  /** By feature; null where it has no default. */
  private final @Nullable Row[] defaults;

  private final boolean someDeprecated;
  private final RuleCheck[] rules;

  /** Null where nobody looks at rows that keep the contract. */
  private final @Nullable RowInspection inspection;

  /**
   * A reader that enforces every rule.
   *
   * @param json the factory whose parsers will be read from: it prepares the matching of names
   */
  public RowReader(Contract contract, TokenStreamFactory json) {
    this(contract, RuleFlags.NONE, json);
  }

  /** The same, but for the rules that are switched. */
  public RowReader(Contract contract, RuleFlags flags, TokenStreamFactory json) {
    this(contract, flags, json, null);
  }

  /**
   * The same.
   *
   * @param inspection looks at rows that keep the contract; null where nobody does
   */
  public RowReader(
      Contract contract,
      RuleFlags flags,
      TokenStreamFactory json,
      @Nullable RowInspection inspection) {
    this.contract = contract;
    this.inspection = inspection;
    this.flags = flags;
    List<Feature> features = contract.features();
    this.readers = new FeatureReader[features.size()];
    this.wanted = new long[(features.size() + 63) >>> 6];
    this.defaults = new @Nullable Row[features.size()];
    this.spelled =
        contract.names().stream().map(SerializedString::new).toArray(SerializableString[]::new);
    List<String> known = new ArrayList<>(contract.names());
    List<Integer> behind = new ArrayList<>();
    for (int i = 0; i < readers.length; i++) {
      Feature feature = features.get(i);
      readers[i] = FeatureReader.of(feature, i, contract.slot(i), flags);
      Object absent = feature.evolution().absent();
      defaults[i] = absent == null ? null : ExampleCheck.read(feature, absent);
      if (feature.presence().required() || absent != null) {
        wanted[i >>> 6] |= 1L << i;
      }
      known.addAll(feature.evolution().aliases());
      behind.addAll(Collections.nCopies(feature.evolution().aliases().size(), i));
    }
    this.aliased = behind.stream().mapToInt(Integer::intValue).toArray();
    this.names = json.constructNameMatcher(known.stream().map(Named::fromString).toList(), false);
    this.someDeprecated =
        features.stream().anyMatch(feature -> feature.evolution().deprecated() != null);
    this.rules =
        contract.rules().stream()
            .map(rule -> new RuleCheck(contract, rule, flags))
            .toArray(RuleCheck[]::new);
  }

  /** The rules that don't refuse a row at present. */
  public RuleFlags flags() {
    return flags;
  }

  /**
   * Reads the value the parser stands on as the instance of a request for one prediction.
   *
   * @throws tools.jackson.core.JacksonException if the body is no JSON, breaks a limit or can't be
   *     read
   */
  public Row read(JsonParser json) {
    return read(json, -1);
  }

  /** The same for the instance at a position of a batch. */
  public Row read(JsonParser json, int position) {
    Row row = new Row(readers.length, contract.width(), position, flags);
    if (json.currentToken() != JsonToken.START_OBJECT) {
      row.findings()
          .add(
              new Violation(
                  row.findings().root(),
                  "",
                  "type",
                  "an object with the features",
                  Received.kind(json)));
      json.skipChildren();
      return row;
    }
    readMembers(json, row);
    if (!row.hasSeenAll(wanted)) {
      noteAbsentFeatures(row);
    }
    for (RuleCheck rule : rules) {
      rule.check(row);
    }
    if (inspection != null && row.isValid()) {
      row.isFartherOutThan(inspection.inspect(row, row.findings()));
    }
    return row;
  }

  private void readMembers(JsonParser json, Row row) {
    int guess = 0;
    while (true) {
      int name = nextName(guess, json);
      guess = name == guess ? name + 1 : NONE;
      if (name >= 0 && name < readers.length) {
        readMember(name, json, row);
      } else if (name >= 0) {
        readAlias(aliased[name - readers.length], json, row);
      } else if (name == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
        passOver(json, row);
      } else {
        return;
      }
    }
  }

  /**
   * Most callers send the features in the contract's order: to compare a name with the one expected
   * is cheaper than to look it up, but dearer where it is another. So a row is no longer guessed at
   * after the first wrong guess.
   */
  private int nextName(int guess, JsonParser json) {
    if (guess < 0 || guess >= readers.length) {
      return json.nextNameMatch(names);
    }
    return json.nextName(spelled[guess]) ? guess : json.currentNameMatch(names);
  }

  private void readMember(int feature, JsonParser json, Row row) {
    json.nextToken();
    if (!row.markSeen(feature)) {
      refuseDuplicate(feature, contract.features().get(feature).name(), json, row);
      return;
    }
    readValue(feature, json, row);
  }

  private void readAlias(int feature, JsonParser json, Row row) {
    Feature described = contract.features().get(feature);
    String alias = json.currentName();
    json.nextToken();
    if (!row.markSeen(feature)) {
      refuseDuplicate(feature, alias, json, row);
      return;
    }
    row.findings().sentAs(described, alias);
    row.findings()
        .warn(described, "alias", "is called `" + described.name() + "` now; send it as that");
    readValue(feature, json, row);
  }

  private void readValue(int feature, JsonParser json, Row row) {
    readers[feature].read(json, row);
    if (someDeprecated) {
      warnOfDeprecation(feature, row);
    }
  }

  private void refuseDuplicate(int feature, String name, JsonParser json, Row row) {
    String pointer = JsonPointers.append(row.findings().root(), name);
    row.findings()
        .violateAt(
            pointer, contract.features().get(feature), "duplicate", "each feature once", null);
    json.skipChildren();
  }

  private void warnOfDeprecation(int feature, Row row) {
    Feature described = contract.features().get(feature);
    String instead = described.evolution().deprecated();
    if (instead != null) {
      row.findings().warn(described, "deprecated", "is deprecated: " + instead);
    }
  }

  private void passOver(JsonParser json, Row row) {
    switch (contract.unknownFields()) {
      case REJECT -> breakByUnknown(json.currentName(), row, flags.of("", UNKNOWN_FEATURE));
      case WARN -> {
        String name = json.currentName();
        warnOfUnknown(JsonPointers.append(row.findings().root(), name), near(name, row), row);
      }
      case IGNORE -> {}
    }
    json.nextToken();
    json.skipChildren();
  }

  private void breakByUnknown(String name, Row row, Enforcement mode) {
    Optional<String> near = mode == Enforcement.OFF ? Optional.empty() : near(name, row);
    String pointer = JsonPointers.append(row.findings().root(), name);
    String expected =
        near.map(found -> "no such feature; did you mean `" + found + "`?")
            .orElse("only the contract's features");
    Violation violation = new Violation(pointer, "", UNKNOWN_FEATURE, expected, null);
    switch (mode) {
      case ENFORCED -> row.findings().add(violation);
      case WARNED -> {
        warnOfUnknown(pointer, near, row);
        row.findings().monitor(violation);
      }
      case MONITORED -> row.findings().monitor(violation);
      case OFF -> {}
    }
  }

  private Optional<String> near(String name, Row row) {
    // Where it isn't listed any more, a search would only cost a hostile body's sender nothing.
    return row.findings().isFull() ? Optional.empty() : Suggestion.of(name, contract.names());
  }

  private static void warnOfUnknown(String pointer, Optional<String> near, Row row) {
    row.findings().warn(new Warning(pointer, "", UNKNOWN_FEATURE, passedOver(near)));
  }

  private static String passedOver(Optional<String> near) {
    return "is no feature of the contract and was passed over"
        + near.map(found -> "; did you mean `" + found + "`?").orElse("");
  }

  private void noteAbsentFeatures(Row row) {
    for (int i = 0; i < readers.length; i++) {
      if (row.wasSeen(i)) {
        continue;
      }
      Row value = defaults[i];
      if (value != null) {
        row.copy(i, contract.slot(i), value);
      } else if (readers[i].feature.presence().required()) {
        readers[i].breaks(row, "required", readers[i].expected(), null);
      }
    }
  }
}
