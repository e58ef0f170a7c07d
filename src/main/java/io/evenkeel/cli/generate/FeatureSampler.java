package io.evenkeel.cli.generate;

import io.evenkeel.contract.Feature;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.Sketch;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws what one feature has in a row: a value, null, or nothing.
 *
 * @param values draws its values
 * @param missing the share of rows without one; 0 where the contract doesn't allow it
 */
record FeatureSampler(Feature feature, Sampler values, double missing) {
  static FeatureSampler of(Feature feature, Reference reference, List<Drift> drifts) {
    Sketch sketch = reference.features().get(feature.name());
    if (sketch == null) {
      throw new IllegalStateException("the reference was not held against the contract");
    }
    Sampler values =
        switch (sketch) {
          case Sketch.Numeric numeric -> new NumericSampler(feature, numeric, drifts);
          case Sketch.Categorical texts -> new CategorySampler(feature, texts, drifts);
          case Sketch.Tensor tensor -> new TensorSampler(feature, tensor, drifts);
        };
    double missing = feature.canBeMissing() ? sketch.missing() : 0;
    for (Drift drift : drifts) {
      if (drift instanceof Drift.Missing more) {
        missing = Math.clamp(missing + more.amount(), 0, 1);
      }
    }
    return new FeatureSampler(feature, values, feature.canBeMissing() ? missing : 0);
  }

  /** A value, or none by the feature's share of missing ones. */
  @Nullable String draw(RandomGenerator random) {
    return draw(missing, random);
  }

  /** The same with another share of missing ones. */
  @Nullable String draw(double share, RandomGenerator random) {
    if (random.nextDouble() >= share) {
      return values.draw(random);
    }
    boolean absent =
        !feature.presence().nullable() || (!feature.presence().required() && random.nextBoolean());
    return absent ? null : Json.NULL;
  }
}
