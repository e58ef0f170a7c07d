package io.evenkeel.monitoring.quality;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.monitoring.quality.GroupComparison.Gap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupComparisonTest {
  private static final List<String> LABELS = List.of("refused", "granted");

  private static Labelled one(String predicted, String outcome) {
    int winner = LABELS.indexOf(predicted);
    double[] probabilities = winner == 0 ? new double[] {0.8, 0.2} : new double[] {0.2, 0.8};
    return new Labelled(new Predicted.Classes(LABELS, probabilities, winner), outcome);
  }

  /** Of the deserving, so many were granted and refused; of the others too. */
  private static GroupRows group(String name, int hits, int misses, int falseAlarms, int rightNo) {
    List<Labelled> cases = new ArrayList<>();
    cases.addAll(Collections.nCopies(hits, one("granted", "granted")));
    cases.addAll(Collections.nCopies(misses, one("refused", "granted")));
    cases.addAll(Collections.nCopies(falseAlarms, one("granted", "refused")));
    cases.addAll(Collections.nCopies(rightNo, one("refused", "refused")));
    return new GroupRows(
        name, cases.stream().map(Labelled::predicted).toList(), cases, List.of(), List.of());
  }

  private static GroupRows values(String name, double predicted, double error, int rows) {
    return new GroupRows(
        name,
        List.of(),
        List.of(),
        Collections.nCopies(rows, predicted),
        Collections.nCopies(rows, error));
  }

  @Test
  void measuresWhatFairnessIsMeasuredBy() {
    GroupComparison found =
        GroupComparison.of(
            List.of(group("north", 40, 10, 10, 40), group("south", 30, 20, 5, 45)), "granted", 10);

    GroupComparison.Group north = found.groups().getFirst();
    assertThat(north.rows()).isEqualTo(100);
    assertThat(north.outcomes()).isEqualTo(100);
    assertThat(requireNonNull(north.shares().get("refused")).estimate().value()).isEqualTo(0.5);
    assertThat(figure(north, GroupFigure.TRUE_POSITIVE_RATE).estimate().value()).isEqualTo(0.8);
    assertThat(figure(north, GroupFigure.TRUE_POSITIVE_RATE).rows()).isEqualTo(50);
    assertThat(figure(north, GroupFigure.FALSE_POSITIVE_RATE).estimate().value()).isEqualTo(0.2);
    assertThat(figure(north, GroupFigure.ACCURACY).estimate().value()).isEqualTo(0.8);
    assertThat(gap(found, GroupFigure.SELECTION_RATE)).isCloseTo(0.15, within(1e-12));
    assertThat(gap(found, GroupFigure.TRUE_POSITIVE_RATE)).isCloseTo(0.2, within(1e-12));
    assertThat(gap(found, GroupFigure.FALSE_POSITIVE_RATE)).isCloseTo(0.1, within(1e-12));
    assertThat(gap(found, GroupFigure.ACCURACY)).isCloseTo(0.05, within(1e-12));
    assertThat(widest(found, GroupFigure.TRUE_POSITIVE_RATE).highest()).isEqualTo("north");
    assertThat(widest(found, GroupFigure.TRUE_POSITIVE_RATE).lowest()).isEqualTo("south");
    assertThat(found.withheld()).isEmpty();
  }

  private static GroupComparison.Figure figure(GroupComparison.Group group, GroupFigure figure) {
    return requireNonNull(group.figures().get(figure));
  }

  private static Gap widest(GroupComparison found, GroupFigure figure) {
    return requireNonNull(found.gaps().get(figure));
  }

  private static double gap(GroupComparison found, GroupFigure figure) {
    return widest(found, figure).value();
  }

  /** 56 of 70 and 48 of 80, the first example of Newcombe's paper. */
  @Test
  void hasNewcombesIntervalOfADifference() {
    GroupComparison found =
        GroupComparison.of(
            List.of(group("a", 56, 14, 0, 0), group("b", 48, 32, 0, 0)), "granted", 1);

    Gap gap = widest(found, GroupFigure.TRUE_POSITIVE_RATE);
    assertThat(gap.value()).isCloseTo(0.2, within(1e-12));
    assertThat(gap.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(gap.high()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void leavesSmallGroupsOutAndNamesThem() {
    GroupComparison found =
        GroupComparison.of(
            List.of(
                group("north", 10, 0, 0, 10),
                group("south", 9, 0, 0, 0),
                group("east", 0, 0, 0, 0)),
            "granted",
            10);

    assertThat(found.groups()).extracting(GroupComparison.Group::name).containsExactly("north");
    assertThat(found.withheld()).containsExactly("south");
    assertThat(found.gaps()).isEmpty();
  }

  @Test
  void leavesFiguresOfFewRowsOut() {
    GroupComparison found = GroupComparison.of(List.of(group("north", 9, 0, 5, 20)), "granted", 10);

    assertThat(found.groups().getFirst().figures())
        .containsOnlyKeys(
            GroupFigure.SELECTION_RATE, GroupFigure.ACCURACY, GroupFigure.FALSE_POSITIVE_RATE);
  }

  @Test
  void hasNoRatesWithoutAFavourableLabel() {
    GroupComparison found = GroupComparison.of(List.of(group("a", 20, 20, 20, 20)), null, 10);

    assertThat(found.groups().getFirst().figures()).containsOnlyKeys(GroupFigure.ACCURACY);
    assertThat(found.groups().getFirst().shares()).containsOnlyKeys("refused", "granted");
  }

  @Test
  void comparesValues() {
    GroupComparison found =
        GroupComparison.of(List.of(values("a", 5, 2, 20), values("b", 3, -1, 30)), null, 10);

    assertThat(gap(found, GroupFigure.MEAN_VALUE)).isEqualTo(2);
    assertThat(gap(found, GroupFigure.MAE)).isEqualTo(1);
    assertThat(widest(found, GroupFigure.MAE).highest()).isEqualTo("a");
  }

  @Test
  void comparesTwoGroupsThoughTheyAreEqual() {
    GroupComparison found =
        GroupComparison.of(
            List.of(group("a", 10, 10, 10, 10), group("b", 10, 10, 10, 10)), "granted", 1);

    assertThat(widest(found, GroupFigure.ACCURACY).highest()).isEqualTo("a");
    assertThat(widest(found, GroupFigure.ACCURACY).lowest()).isEqualTo("b");
  }
}
