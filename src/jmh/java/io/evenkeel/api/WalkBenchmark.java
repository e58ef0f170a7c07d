package io.evenkeel.api;

import java.io.IOException;
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
  public int write(Walk walk) throws IOException {
    return walk.write();
  }

  @Benchmark
  public int whole(Walk walk) throws IOException {
    return walk.whole();
  }
}
