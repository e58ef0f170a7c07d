package io.evenkeel.contract;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Reads instances from a request's body, token by token, straight into rows, and holds each value
 * against the contract on the way. Everything wrong with an instance is noted; only broken JSON
 * ends the reading, with the parser's own exception. Immutable, and safe for use by many threads.
 */
public final class RowReader {
  private final Contract contract;
  private final FeatureReader[] readers;
  private final PropertyNameMatcher names;
  private final long[] required;
  private final RuleCheck[] rules;

  /**
   * @param json the factory whose parsers will be read from: it prepares the matching of names
   */
  public RowReader(Contract contract, TokenStreamFactory json) {
    this.contract = contract;
    List<Feature> features = contract.features();
    this.readers = new FeatureReader[features.size()];
    this.required = new long[(features.size() + 63) >>> 6];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = FeatureReader.of(features.get(i), i, contract.slot(i));
      if (features.get(i).presence().required()) {
        required[i >>> 6] |= 1L << i;
      }
    }
    this.names =
        json.constructNameMatcher(contract.names().stream().map(Named::fromString).toList(), false);
    this.rules =
        contract.rules().stream()
            .map(rule -> new RuleCheck(contract, rule))
            .toArray(RuleCheck[]::new);
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
    Row row = new Row(readers.length, contract.width(), position);
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
    if (!row.hasSeenAll(required)) {
      noteAbsentFeatures(row);
    }
    for (RuleCheck rule : rules) {
      rule.check(row);
    }
    return row;
  }

  private void readMembers(JsonParser json, Row row) {
    while (true) {
      int feature = json.nextNameMatch(names);
      if (feature >= 0) {
        json.nextToken();
        if (row.markSeen(feature)) {
          readers[feature].read(json, row);
        } else {
          refuseDuplicate(feature, json, row);
        }
      } else if (feature == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
        refuseUnknown(json, row);
      } else {
        return;
      }
    }
  }

  private void refuseDuplicate(int feature, JsonParser json, Row row) {
    row.findings()
        .violate(contract.features().get(feature), "duplicate", "each feature once", null);
    json.skipChildren();
  }

  private void refuseUnknown(JsonParser json, Row row) {
    String name = json.currentName();
    // Where it isn't listed any more, a search would only cost a hostile body's sender nothing.
    String hint =
        (row.findings().isFull() ? Optional.<String>empty() : Suggestion.of(name, contract.names()))
            .map(near -> "no such feature; did you mean `" + near + "`?")
            .orElse("only the contract's features");
    row.findings()
        .add(
            new Violation(
                JsonPointers.append(row.findings().root(), name),
                "",
                "unknownFeature",
                hint,
                null));
    json.nextToken();
    json.skipChildren();
  }

  private void noteAbsentFeatures(Row row) {
    for (int i = 0; i < readers.length; i++) {
      Feature feature = readers[i].feature;
      if (feature.presence().required() && !row.wasSeen(i)) {
        row.findings().violate(feature, "required", readers[i].expected(), null);
      }
    }
  }
}
