package io.evenkeel.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Deadline;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLISECOND = 1_000_000;
  private final Pace pace = new Pace(new Deadline(100 * MILLISECOND), 10);

  @Test
  void beginsWithOneAndDoubles() {
    assertThat(pace.next(500, 0)).isEqualTo(1);
    pace.ran(1, 1000);
    assertThat(pace.next(499, 1000)).isEqualTo(2);
    pace.ran(2, 2000);
    assertThat(pace.next(497, 3000)).isEqualTo(4);
  }

  @Test
  void runsNoMoreThanAreWanted() {
    pace.ran(8, 8000);
    assertThat(pace.next(3, 8000)).isEqualTo(3);
  }

  @Test
  void takesNoMoreThanAQuarterOfTheTimeLeft() {
    pace.ran(4, 16 * MILLISECOND);
    assertThat(pace.next(500, 20 * MILLISECOND)).as("80 ms are left, 4 for each").isEqualTo(5);
  }

  @Test
  void endsWhereThereIsNoTimeForOne() {
    pace.ran(1, 10 * MILLISECOND);
    assertThat(pace.next(500, 60 * MILLISECOND)).isEqualTo(1);
    assertThat(pace.next(500, 61 * MILLISECOND)).isZero();
    assertThat(pace.next(500, 200 * MILLISECOND)).isZero();
  }

  @Test
  void neverMakesARunOfTooManyRows() {
    pace.ran(1 << 20, 1);
    assertThat(pace.next(1 << 20, 0)).isEqualTo(204);
  }
}
