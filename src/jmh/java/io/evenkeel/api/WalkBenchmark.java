package io.evenkeel.api;

import org.openjdk.jmh.annotations.Benchmark;

/** Times each step of a single prediction between the server's HTTP layers, and all of them. */
public class WalkBenchmark {
  @Benchmark
  public Object parse(Walk walk) {
    return walk.parse();
  }

  @Benchmark
  public Object preprocess(Walk walk) {
    return walk.preprocess();
  }

  @Benchmark
  public Object run(Walk walk) {
    return walk.run();
  }

  @Benchmark
  public Object write(Walk walk) {
    return walk.write();
  }

  @Benchmark
  public Object whole(Walk walk) {
    return walk.whole();
  }
}
