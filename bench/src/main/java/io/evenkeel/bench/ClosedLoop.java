package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Files;

/**
 * The closed-loop load test: so many callers, each with one request on its way at a time, and what
 * became of the requests. Unlike other tools it counts the answers within a deadline.
 */
public final class ClosedLoop {
  private ClosedLoop() {}

  /** See {@link ClosedLoopOptions#USAGE} and {@link Program#main}. */
  public static void main(String[] arguments) throws IOException {
    Program.main(ClosedLoopOptions.USAGE, ClosedLoopOptions::parse, ClosedLoop::run, arguments);
  }

  private static void run(ClosedLoopOptions options) throws IOException {
    try (ClosedLoopGenerator generator = new ClosedLoopGenerator(options)) {
      generator.run(options.warmup());
      GeneratorLoad load = new GeneratorLoad();
      Outcomes outcomes = generator.run(options.measured());
      GeneratorLoad.Cores cores = load.cores();
      generator.finish();
      report(options, outcomes, cores);
    }
  }

  private static void report(
      ClosedLoopOptions options, Outcomes outcomes, GeneratorLoad.Cores cores) throws IOException {
    double seconds = options.measured().toMillis() / 1e3;
    System.out.print(
        Outcomes.format(
            "%d connections for %.1f s: %,.0f/s answered, %,.0f/s good, %d broken%n",
            options.connections(),
            seconds,
            outcomes.answered() / seconds,
            outcomes.good() / seconds,
            outcomes.broken()));
    System.out.print(outcomes.text() + cores.text());
    if (options.json() != null) {
      Files.writeString(
          options.json(),
          Outcomes.format(
              "{\"connections\": %d, \"seconds\": %s, \"perSecond\": %.1f, \"goodPerSecond\": %.1f, %s, %s}%n",
              options.connections(),
              seconds,
              outcomes.answered() / seconds,
              outcomes.good() / seconds,
              outcomes.json(),
              cores.json()));
    }
  }
}
