package io.evenkeel.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {
  /** More than the library's gathering can take on a thread's usual stack. */
  private static final int LONG_CLASS_PATH = 16_000;

  /** Starts the library in a process of its own. */
  static final class Starting {
    private Starting() {}

    public static void main(String[] arguments) throws InterruptedException {
      Thread.ofPlatform()
          .start(() -> System.exit(NativeRuntime.ENVIRONMENT.getVersion().isEmpty() ? 1 : 0))
          .join();
    }
  }

  @Test
  void startsUnderALongCommandLineAndGathersNothing(@TempDir Path temporary) throws Exception {
    Process process = startWith(longClassPath(), temporary);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isZero();
    assertThat(Path.of("/tmp/mat-debug-" + process.pid() + ".log"))
        .as("the telemetry's own log, which it opens when it starts")
        .doesNotExist();
  }

  private static Process startWith(String classPath, Path temporary) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xss1m",
            "-cp",
            classPath,
            Starting.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("output").toFile())
        .start();
  }

  private static String longClassPath() {
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    while (path.length() < LONG_CLASS_PATH) {
      path.append(File.pathSeparator).append("a-folder-that-is-not-there");
    }
    return path.toString();
  }
}
