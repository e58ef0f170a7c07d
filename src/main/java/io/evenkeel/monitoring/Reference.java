package io.evenkeel.monitoring;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the training data of a version looked like, as its {@code reference.json} says. Immutable,
 * and safe for use by many threads.
 *
 * @param rows how many rows it was made of
 * @param features by feature, in the file's order
 * @param outputs by output: {@code label} and {@code confidence}, or {@code value}
 * @param importance how much each feature mattered; null where that wasn't measured
 * @param covariance how the numbers of a row go together; null where the file doesn't say
 * @param seasons how they differed by the hour of the week; null where nothing says so
 */
public record Reference(
    long rows,
    Map<String, Sketch> features,
    Map<String, Sketch> outputs,
    @Nullable Importance importance,
    @Nullable Covariance covariance,
    @Nullable Seasons seasons) {
  /** The file's name within a version's folder. */
  public static final String NAME = "reference.json";

  public Reference {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * The reference in a version's folder; empty where the folder has none.
   *
   * @throws UnusableModelException with everything that is wrong with it
   */
  public static Optional<Reference> find(Path folder) {
    try {
      return Optional.of(read(Files.readAllBytes(folder.resolve(NAME))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UnusableModelException.unreadable(NAME, e);
    }
  }

  /**
   * Reads the file's content.
   *
   * @throws UnusableModelException with everything that is wrong with it
   */
  public static Reference read(byte[] json) {
    return new ReferenceReader().read(json);
  }

  /**
   * Holds the reference against a contract: each feature has a sketch that fits its type, and there
   * is no other.
   *
   * @throws UnusableModelException with everything that doesn't fit
   */
  public void checkAgainst(Contract contract) {
    Mistakes mistakes = new Mistakes();
    for (Feature feature : contract.features()) {
      String lacking = lacking(feature);
      if (!lacking.isEmpty()) {
        mistakes.add(NAME, 0, lacking, "make the file anew from the training data");
      }
    }
    for (String name : features.keySet()) {
      if (contract.indexOf(name) < 0) {
        mistakes.add(NAME, 0, "the contract has no feature `" + name + "`", "leave its sketch out");
      }
    }
    if (importance != null && !importance.features().keySet().equals(features.keySet())) {
      mistakes.add(
          NAME,
          0,
          "`importance` isn't of the same features as the sketches",
          "make the file anew from the training data, or leave the section out");
    }
    if (covariance != null) {
      checkCovariance(covariance, contract, mistakes);
    }
    mistakes.throwIfAny();
  }

  private static void checkCovariance(Covariance covariance, Contract contract, Mistakes mistakes) {
    for (String name : covariance.features()) {
      int feature = contract.indexOf(name);
      if (feature < 0 || !isNumber(contract.features().get(feature))) {
        mistakes.add(
            NAME,
            0,
            "`covariance` names `" + name + "`, which is no number or integer of the contract",
            "make the file anew from the training data");
      }
    }
  }

  private static boolean isNumber(Feature feature) {
    return feature.type() == FeatureType.NUMBER || feature.type() == FeatureType.INTEGER;
  }

  private String lacking(Feature feature) {
    Sketch sketch = features.get(feature.name());
    if (sketch == null) {
      return "the feature `" + feature.name() + "` has no sketch";
    }
    boolean fits =
        switch (feature.type()) {
          case NUMBER, INTEGER, DATE, DATETIME -> sketch instanceof Sketch.Numeric;
          case BOOLEAN, CATEGORY, STRING -> sketch instanceof Sketch.Categorical;
          case TENSOR -> sketch instanceof Sketch.Tensor tensor && fits(tensor, feature);
        };
    return fits ? "" : "the sketch of `" + feature.name() + "` doesn't fit the feature's type";
  }

  private static boolean fits(Sketch.Tensor sketch, Feature feature) {
    Feature.TensorRules rules = feature.tensor();
    return rules != null && rules.size() == sketch.mean().size();
  }
}
