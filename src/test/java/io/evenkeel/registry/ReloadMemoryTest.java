package io.evenkeel.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a version took is free again when it is gone. bench/lifecycle does it with a forest. */
class ReloadMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int FIRST_RELOADS = 50;
  private static final int RELOADS = 200;

  @Test
  void twoHundredReloadsLeaveTheProcessAsLargeAsItWas(@TempDir Path root) throws IOException {
    assumeTrue(Files.exists(STATUS), "the process's size is read where Linux tells it");
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    try (ModelRegistry registry = models.loaded()) {
      reload(registry, FIRST_RELOADS);
      long before = residentKilobytes();
      reload(registry, RELOADS);
      assertThat(residentKilobytes()).isLessThan(before + before / 10);
    }
  }

  private static void reload(ModelRegistry registry, int times) {
    for (int i = 0; i < times; i++) {
      ModelVersion before = requireNonNull(registry.find("m", "1"));
      registry.replace(before);
      TestRows.answerOne(requireNonNull(requireNonNull(registry.find("m", "1")).servable()));
      assertThat(before.state()).isEqualTo(ModelVersion.State.RETIRED);
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
