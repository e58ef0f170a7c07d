package io.evenkeel.serving;

import io.evenkeel.api.Walk;
import org.openjdk.jmh.annotations.Benchmark;

/** Times the step after parsing: the contract has been held against each value as it was read. */
public class ValidationBenchmark {
  @Benchmark
  public boolean validate(Walk walk) {
    return walk.request().isSound();
  }
}
