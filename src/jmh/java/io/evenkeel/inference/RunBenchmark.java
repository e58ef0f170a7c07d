package io.evenkeel.inference;

import org.openjdk.jmh.annotations.Benchmark;

/** Times what the lane's executor does: a row put in, the graph run, the answer read. */
public class RunBenchmark {
  @Benchmark
  public Object inference(OpenModel model) {
    return model.run();
  }
}
