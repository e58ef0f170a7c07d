package io.evenkeel.api;

import io.evenkeel.routing.Target;
import org.jspecify.annotations.Nullable;

/** What a path below {@code /v1} means. */
sealed interface Resource {
  /** Where one instance is posted. */
  record Predict(Target target) implements Resource {}

  /** Where a batch is posted. */
  record PredictBatch(Target target) implements Resource {}

  /** Where one instance is posted to be judged. */
  record Validate(Target target) implements Resource {}

  /** Where one instance is posted to have its prediction explained. */
  record Explain(Target target) implements Resource {}

  /** What was found about a model's rows. */
  record ValidationReport(String model) implements Resource {}

  /** How far a model's traffic is from its training data. */
  record Drift(String model) implements Resource {}

  /** How a model's shadow compares. */
  record ShadowReport(String model) implements Resource {}

  /** How good a model's predictions are. */
  record Quality(String model) implements Resource {}

  /** What may be told of a model's traffic, with noise. */
  record Statistics(String model) implements Resource {}

  /** The list of models. */
  record Models() implements Resource {}

  /** One model. */
  record Model(String model) implements Resource {}

  /** One version. */
  record Version(String model, String version) implements Resource {}

  /** The JSON Schema of a version's instances. */
  record Schema(Target target) implements Resource {}

  /** A version's model card. */
  record Card(Target target) implements Resource {}

  Predict DEFAULT_PREDICT = new Predict(Target.DEFAULT);
  PredictBatch DEFAULT_BATCH = new PredictBatch(Target.DEFAULT);

  /** The resource at a path such as {@code /models/digits/predict}; null where there is none. */
  static @Nullable Resource at(@Nullable String path) {
    if (path == null) {
      return null;
    }
    if (path.equals("/predict")) {
      return DEFAULT_PREDICT;
    }
    if (path.equals("/predict/batch")) {
      return DEFAULT_BATCH;
    }
    if (path.equals("/validate")) {
      return new Validate(Target.DEFAULT);
    }
    if (path.equals("/explain")) {
      return new Explain(Target.DEFAULT);
    }
    String[] parts = path.split("/", -1);
    if (parts.length < 2 || !parts[1].equals("models") || parts[parts.length - 1].isEmpty()) {
      return null;
    }
    boolean versioned = parts.length > 3 && parts[3].equals("versions");
    return versioned ? ofVersion(parts) : ofModel(parts);
  }

  private static @Nullable Resource ofModel(String[] parts) {
    return switch (parts.length) {
      case 2 -> new Models();
      case 3 -> new Model(parts[2]);
      case 4 -> ofModel(parts[2], parts[3], parts);
      default -> action(new Target(parts[2], null), parts, 3);
    };
  }

  private static @Nullable Resource ofModel(String model, String last, String[] parts) {
    return switch (last) {
      case "validation-report" -> new ValidationReport(model);
      case "quality" -> new Quality(model);
      case "statistics" -> new Statistics(model);
      case "drift" -> new Drift(model);
      case "shadow" -> new ShadowReport(model);
      default -> action(new Target(model, null), parts, 3);
    };
  }

  private static @Nullable Resource ofVersion(String[] parts) {
    return switch (parts.length) {
      case 4 -> null;
      case 5 -> new Version(parts[2], parts[4]);
      default -> action(new Target(parts[2], parts[4]), parts, 5);
    };
  }

  private static @Nullable Resource action(Target target, String[] parts, int from) {
    if (parts[from].equals("validate") && parts.length == from + 1) {
      return new Validate(target);
    }
    if (parts[from].equals("explain") && parts.length == from + 1) {
      return new Explain(target);
    }
    if (parts[from].equals("schema") && parts.length == from + 1) {
      return new Schema(target);
    }
    if (parts[from].equals("card") && parts.length == from + 1) {
      return new Card(target);
    }
    if (!parts[from].equals("predict")) {
      return null;
    }
    if (parts.length == from + 1) {
      return new Predict(target);
    }
    return parts.length == from + 2 && parts[from + 1].equals("batch")
        ? new PredictBatch(target)
        : null;
  }
}
