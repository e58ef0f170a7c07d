package io.evenkeel.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How busy the generator is itself. An event loop near one core means that it, not the server, set
 * the pace. The event loop's thread makes and asks it.
 */
final class GeneratorLoad {
  private final long start = System.nanoTime();
  private final long loopStart = loopNanos();
  private final long processStart = processNanos();

  /** Cores used since it was made. */
  record Cores(double process, double eventLoop) {
    String text() {
      return Outcomes.format(
          "the generator used %.2f cores, its event loop %.2f%n", process, eventLoop);
    }

    /** The members of a JSON object, without its braces. */
    String json() {
      return Outcomes.format(
          "\"generatorCores\": %.3f, \"eventLoopCores\": %.3f", process, eventLoop);
    }
  }

  Cores cores() {
    double nanos = System.nanoTime() - start;
    return new Cores((processNanos() - processStart) / nanos, (loopNanos() - loopStart) / nanos);
  }

  private static long loopNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
