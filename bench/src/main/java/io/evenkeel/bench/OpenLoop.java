package io.evenkeel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The open-loop load test: a rate of requests, or several one after another, and what became of
 * them.
 */
public final class OpenLoop {
  private OpenLoop() {}

  /**
   * See {@link OpenLoopOptions#USAGE}. Ends with 2 for options that can't be run, with 1 without a
   * server.
   */
  public static void main(String[] arguments) throws IOException {
    OpenLoopOptions options;
    try {
      options = OpenLoopOptions.parse(arguments);
      options.address();
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage() + "\n" + OpenLoopOptions.USAGE);
      System.exit(2);
      return;
    }
    try {
      run(options);
    } catch (ConnectException gone) {
      System.err.println("no server answers at " + options.url() + ": " + gone.getMessage());
      System.exit(1);
    }
  }

  private static void run(OpenLoopOptions options) throws IOException {
    if (options.warmup() != null) {
      // A run of its own: what it leaves waiting while the JIT compiles must not reach the steps
      // that are reported.
      try (LoadGenerator generator = new LoadGenerator(options, List.of(options.warmup()))) {
        generator.run();
      }
    }
    try (LoadGenerator generator = new LoadGenerator(options, options.steps())) {
      long start = System.nanoTime();
      long loopStart = loopCpuNanos();
      long processStart = processCpuNanos();
      List<StepFigures> figures = generator.run();
      double nanos = System.nanoTime() - start;
      Cores cores =
          new Cores(
              (loopCpuNanos() - loopStart) / nanos, (processCpuNanos() - processStart) / nanos);
      report(figures, cores, options.json());
    }
  }

  /**
   * How busy the generator was itself. An event loop near 1 means that it, not the server, set the
   * pace.
   */
  private record Cores(double eventLoop, double process) {}

  private static void report(List<StepFigures> figures, Cores cores, @Nullable Path json)
      throws IOException {
    figures.forEach(step -> System.out.print(step.text()));
    System.out.printf(
        Locale.ROOT,
        "the generator used %.2f cores, its event loop %.2f%n",
        cores.process,
        cores.eventLoop);
    if (json != null) {
      String steps = figures.stream().map(StepFigures::json).collect(Collectors.joining(",\n  "));
      Files.writeString(
          json,
          String.format(
              Locale.ROOT,
              "{\"generatorCores\": %.3f, \"eventLoopCores\": %.3f, \"steps\": [%n  %s%n]}%n",
              cores.process,
              cores.eventLoop,
              steps));
    }
  }

  /** The event loop runs on the thread that calls this. */
  private static long loopCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
