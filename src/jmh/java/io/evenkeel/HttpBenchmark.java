package io.evenkeel;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * One caller, one connection, one request at a time; the allocation is the whole process's. The
 * difference between the two is what we add to the container.
 */
public class HttpBenchmark {
  @Benchmark
  public int predict(ServedOverHttp server) throws IOException {
    return server.call();
  }

  @Benchmark
  public int constant(BareTomcat server) throws IOException {
    return server.call();
  }
}
