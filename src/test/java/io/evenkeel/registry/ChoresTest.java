package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChoresTest {
  /** In /proc/thread-self/stat, counted behind the name, which may hold spaces. */
  private static final int NICE = 16;

  @Test
  void givesWhatTheChoreGivesOrThrows() {
    assertThat(Chores.run(() -> 7)).isEqualTo(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Chores.run(() -> {
              throw new IllegalArgumentException("no");
            }));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void givesWayToOthers() {
    assertThat(nice()).isZero();
    assertThat(Chores.run(ChoresTest::nice)).isEqualTo(10);
  }

  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
