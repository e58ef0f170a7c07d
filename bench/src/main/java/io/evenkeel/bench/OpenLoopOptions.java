package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    Duration tick,
    @Nullable Path json,
    @Nullable Path trace) {

  static final String USAGE =
      """
      OpenLoop --url URL --body FILE (--rate N --seconds N | --steps RATExSECONDS,...)
        --warmup RATExSECONDS     a run before, not reported: both sides' JITs need it
        --arrivals poisson|fixed  how requests arrive (poisson)
        --seed N                  of the Poisson process (1)
        --tick-ms N               look for due requests and for answers only so often: cheaper, where
                                  the server needs the cores, and counted as latency (0: at once)
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
                  "tick-ms",
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
        tick(line),
        line.findPath("json"),
        line.findPath("trace"));
  }

  private static Duration tick(CommandLine line) {
    int millis = line.number("tick-ms", 0);
    if (millis < 0 || millis > 1000) {
      throw new IllegalArgumentException("a tick is 0 to 1000 ms, not " + millis);
    }
    return Duration.ofMillis(millis);
  }
}
