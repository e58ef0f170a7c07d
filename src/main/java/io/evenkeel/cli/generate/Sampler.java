package io.evenkeel.cli.generate;

import java.util.random.RandomGenerator;

/** Draws values of one feature, as JSON text. Immutable. */
interface Sampler {
  String draw(RandomGenerator random);
}
