package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the open loop's command line asks for. */
record OpenLoopOptions(
    Target target,
    @Nullable Step warmup,
    List<Step> steps,
    Arrivals arrivals,
    int connections,
    long seed,
    @Nullable Path json,
    @Nullable Path trace) {

  static final String USAGE =
      """
      OpenLoop --url URL --body FILE (--rate N --seconds N | --steps RATExSECONDS,...)
        --warmup RATExSECONDS     a run before, not reported: both sides' JITs need it
        --arrivals poisson|fixed  how requests arrive (poisson)
        --seed N                  of the Poisson process (1)
        --trace FILE              also write a line for each request: step, due at, status, latency
      """
          + Target.USAGE;

  private static final Set<String> NAMES =
      Stream.concat(
              Target.NAMES.stream(),
              Stream.of(
                  "rate",
                  "seconds",
                  "steps",
                  "warmup",
                  "arrivals",
                  "connections",
                  "seed",
                  "json",
                  "trace"))
          .collect(Collectors.toUnmodifiableSet());

  /** Throws IllegalArgumentException, with a text for the user, for anything that can't be run. */
  static OpenLoopOptions parse(String... arguments) throws IOException {
    CommandLine line = CommandLine.parse(NAMES, arguments);
    return new OpenLoopOptions(
        Target.of(line),
        line.has("warmup") ? Step.parse(line.require("warmup")).getFirst() : null,
        line.has("steps")
            ? Step.parse(line.require("steps"))
            : Step.parse(line.require("rate") + "x" + line.require("seconds")),
        Arrivals.valueOf(line.text("arrivals", "poisson").toUpperCase(Locale.ROOT)),
        Target.connections(line),
        line.number("seed", 1),
        line.findPath("json"),
        line.findPath("trace"));
  }
}
