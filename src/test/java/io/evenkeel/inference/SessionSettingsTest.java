package io.evenkeel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  @Test
  void givesASmallModelOneThreadARunAndASlotForEachProcessor() {
    assertThat(SessionSettings.choose(100_000, 4))
        .isEqualTo(new SessionSettings(1, 4, List.of(2, 4, 8, 16, 32)));
  }

  @Test
  void givesALargeModelAllProcessorsForOneRun() {
    assertThat(SessionSettings.choose(500_000_000, 4))
        .isEqualTo(new SessionSettings(4, 1, List.of(1, 2, 4, 8, 16, 32, 64, 128)));
  }

  @Test
  void canRunALoneRowAlone() {
    SessionSettings small = SessionSettings.choose(100_000, 4);
    assertThat(small.pairsLoneRows()).isTrue();
    assertThat(small.withLoneRows())
        .isEqualTo(new SessionSettings(1, 4, List.of(1, 2, 4, 8, 16, 32)));
    SessionSettings large = SessionSettings.choose(500_000_000, 4);
    assertThat(large.pairsLoneRows()).isFalse();
    assertThat(large.withLoneRows()).isSameAs(large);
  }

  @Test
  void capsTheThreadsOfARunAndMakesSlotsOfTheRest() {
    SessionSettings settings = SessionSettings.choose(500_000_000, 32);
    assertThat(settings.intraOpThreads()).isEqualTo(8);
    assertThat(settings.slots()).isEqualTo(4);
  }

  @Test
  void refusesBucketsThatDoNotAscend() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionSettings(1, 1, List.of(1, 4, 4)))
        .withMessageContaining("[1, 4, 4]");
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionSettings(1, 1, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionSettings(1, 1, List.of(0, 1)));
  }
}
