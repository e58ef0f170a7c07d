package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the closed loop's command line asks for. */
record ClosedLoopOptions(
    Target target,
    int connections,
    Duration pause,
    Duration warmup,
    Duration measured,
    @Nullable Path json) {

  static final String USAGE =
      """
      ClosedLoop --url URL --body FILE --seconds N
        --warmup N                seconds of the same load before, not reported (0)
        --pause-ms N              how long a caller waits after any answer but 200 (0)
      """
          + Target.USAGE;

  private static final Set<String> NAMES =
      Stream.concat(
              Target.NAMES.stream(),
              Stream.of("seconds", "warmup", "pause-ms", "connections", "json"))
          .collect(Collectors.toUnmodifiableSet());

  ClosedLoopOptions {
    if (!measured.isPositive() || warmup.isNegative() || pause.isNegative()) {
      throw new IllegalArgumentException("--seconds is above 0, --warmup and --pause-ms not below");
    }
  }

  /** Throws IllegalArgumentException, with a text for the user, for anything that can't be run. */
  static ClosedLoopOptions parse(String... arguments) throws IOException {
    CommandLine line = CommandLine.parse(NAMES, arguments);
    return new ClosedLoopOptions(
        Target.of(line),
        Target.connections(line),
        Duration.ofMillis(line.number("pause-ms", 0)),
        seconds(line.text("warmup", "0")),
        seconds(line.require("seconds")),
        line.findPath("json"));
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }
}
