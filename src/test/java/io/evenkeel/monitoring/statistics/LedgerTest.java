package io.evenkeel.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Disclosure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Disclosure.Statistics COSTS =
      new Disclosure.Statistics(
          new BigDecimal("0.1"), new BigDecimal("0.3"), Duration.ofDays(10), Duration.ofDays(1));

  private static Instant day(int days) {
    return BEGUN.plus(Duration.ofDays(days));
  }

  private static Ledger after(int... days) {
    Ledger ledger = Ledger.EMPTY;
    for (int day : days) {
      ledger = ledger.with(COSTS, day(day));
    }
    return ledger;
  }

  /** Three times a tenth are three tenths here, and no more. */
  @Test
  void addsUpExactly() {
    assertThat(after(0, 1, 2).spent(COSTS, day(3))).isEqualByComparingTo("0.3");
    assertThat(after(0, 1).enoughFrom(COSTS, day(3))).isEqualTo(day(3));
  }

  @Test
  void isEnoughAgainWhenTheOldestHasAged() {
    assertThat(after(0, 1, 2).enoughFrom(COSTS, day(3))).isEqualTo(day(10));
    assertThat(after(0, 1, 2).enoughFrom(COSTS, day(10))).isEqualTo(day(10));
    assertThat(after(0, 1, 2, 10).enoughFrom(COSTS, day(10))).isEqualTo(day(11));
  }

  /** A contract may have become stricter since. */
  @Test
  void waitsForSeveralWhereTheBudgetHasShrunk() {
    Disclosure.Statistics strict =
        new Disclosure.Statistics(
            new BigDecimal("0.1"), new BigDecimal("0.1"), Duration.ofDays(10), Duration.ofDays(1));
    assertThat(after(0, 1, 2).enoughFrom(strict, day(3))).isEqualTo(day(12));
  }

  @Test
  void forgetsWhatCountsNoMore() {
    assertThat(after(0, 1, 12).entries()).extracting(Ledger.Entry::at).containsExactly(day(12));
  }

  @Test
  void readsWhatItWrote() {
    Ledger ledger = after(0, 1, 2);
    assertThat(Ledger.read(ledger.written())).isEqualTo(ledger);
    assertThat(Ledger.read("")).isEqualTo(Ledger.EMPTY);
  }
}
