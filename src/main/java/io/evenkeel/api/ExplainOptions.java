package io.evenkeel.api;

import io.evenkeel.explain.ExplainRequest;
import io.evenkeel.serving.PredictionRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The options of one request to explain a prediction, while its body is read. */
final class ExplainOptions implements EnvelopeReader.Options {
  private static final String PERMUTATIONS = "permutations";
  private static final String SEED = "seed";

  private final Set<String> read = new HashSet<>();
  private int permutations = ExplainRequest.USUAL_PERMUTATIONS;
  private @Nullable Long seed;

  @Override
  public void read(String name, JsonParser json, EnvelopeReader.Objection objection) {
    if (!name.equals(PERMUTATIONS) && !name.equals(SEED)) {
      throw new RefusedRequest(
          ProblemKind.UNKNOWN_OPTION, "the only options are `permutations` and `seed`");
    }
    String pointer = "/options/" + name;
    if (!read.add(name)) {
      objection.raise(pointer, "duplicate", "the member once");
    }
    long fewest = name.equals(SEED) ? Long.MIN_VALUE : ExplainRequest.FEWEST_PERMUTATIONS;
    long most = name.equals(SEED) ? Long.MAX_VALUE : ExplainRequest.MOST_PERMUTATIONS;
    Long value = wholeNumber(json);
    if (value == null) {
      objection.raise(pointer, "type", "a whole number of 64 bits");
      json.skipChildren();
    } else if (value < fewest || value > most) {
      objection.raise(
          pointer,
          value < fewest ? "minimum" : "maximum",
          value < fewest ? "at least " + fewest : "at most " + most);
    } else if (name.equals(SEED)) {
      seed = value;
    } else {
      permutations = value.intValue();
    }
  }

  private static @Nullable Long wholeNumber(JsonParser json) {
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return fits ? json.getLongValue() : null;
  }

  ExplainRequest request(PredictionRequest prediction) {
    return new ExplainRequest(prediction, permutations, seed);
  }
}
