package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The open-loop load test: a rate of requests, or several one after another, and what became of
 * them.
 */
public final class OpenLoop {
  private OpenLoop() {}

  /** See {@link OpenLoopOptions#USAGE} and {@link Program#main}. */
  public static void main(String[] arguments) throws IOException {
    Program.main(OpenLoopOptions.USAGE, OpenLoopOptions::parse, OpenLoop::run, arguments);
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
      GeneratorLoad load = new GeneratorLoad();
      List<StepFigures> figures = generator.run();
      report(figures, load.cores(), options.json());
      generator.writeTrace(options.trace());
    }
  }

  private static void report(
      List<StepFigures> figures, GeneratorLoad.Cores cores, @Nullable Path json)
      throws IOException {
    figures.forEach(step -> System.out.print(step.text()));
    System.out.print(cores.text());
    if (json != null) {
      String steps = figures.stream().map(StepFigures::json).collect(Collectors.joining(",\n  "));
      Files.writeString(
          json, Outcomes.format("{%s, \"steps\": [%n  %s%n]}%n", cores.json(), steps));
    }
  }
}
