package io.evenkeel.cli.generate;

import java.util.random.RandomGenerator;

/**
 * A change to a valid row with an aim. Whether it reached the aim is for the contract to say: what
 * a change does to one feature may break a rule with another.
 *
 * @param aim what is to come of it
 * @param change makes it
 */
record Variation(Aim aim, Change change) {
  interface Change {
    void apply(Draft draft, RandomGenerator random);
  }

  /** A feature that gets another text; null for none. */
  static Change value(int feature, Sampler values) {
    return (draft, random) -> draft.set(feature, values.draw(random));
  }

  static Change absence(int feature) {
    return (draft, random) -> draft.set(feature, null);
  }
}
