package io.evenkeel.monitoring.support;

import io.evenkeel.api.Walk;
import org.openjdk.jmh.annotations.Benchmark;

/** Times what parsing a row includes: to hold it against the training data. */
public class SupportBenchmark {
  @Benchmark
  public float inspect(Walk walk, LoadedSupport loaded) {
    return loaded.inspect(walk.row());
  }
}
