package io.evenkeel.cli.replay;

import io.evenkeel.preprocess.ColumnName;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.TensorRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the columns that two versions make of the same rows differ. A column is known by its
 * name, wherever it stands. Where a feature's columns changed their names but not their number, as
 * those of buckets with other edges do, they are known by their order. Not thread-safe.
 */
final class ColumnTally {
  private final List<Match> matches = new ArrayList<>();
  private final Set<String> unmatched = new LinkedHashSet<>();

  /** Where an element stands: its input, and its place within a row. */
  record Place(int input, int element, int width, ElementType type) {
    int in(int row) {
      return row * width + element;
    }
  }

  /** A column of both, with how far it differs. */
  static final class Match {
    private final String name;
    private final String feature;
    private final Place candidate;
    private final Place live;
    private final Moments spread = new Moments();
    private double difference;
    private long rows;

    Match(String name, String feature, Place candidate, Place live) {
      this.name = name;
      this.feature = feature;
      this.candidate = candidate;
      this.live = live;
    }

    Place candidate() {
      return candidate;
    }

    Place live() {
      return live;
    }

    private void add(TensorRows ours, int row, TensorRows theirs, int other) {
      rows++;
      if (candidate.type() == ElementType.STRING) {
        String one = ours.texts(candidate.input())[candidate.in(row)];
        difference += one.equals(theirs.texts(live.input())[live.in(other)]) ? 0 : 1;
        return;
      }
      double one = Elements.number(ours, candidate.input(), candidate.in(row));
      double two = Elements.number(theirs, live.input(), live.in(other));
      if (Double.isNaN(one) || Double.isNaN(two)) {
        difference += Double.isNaN(one) && Double.isNaN(two) ? 0 : Math.max(1, spread.deviation());
        return;
      }
      spread.add(two);
      difference += Math.abs(one - two);
    }

    private double meanDifference() {
      return rows == 0 ? 0 : difference / rows;
    }
  }

  /**
   * How far a feature's columns differ.
   *
   * @param deviations the mean absolute difference, in standard deviations of the live version's
   *     columns; where those are constant, in their own unit
   * @param column the column that differs most
   */
  record Difference(double deviations, String column) {}

  ColumnTally(Preprocessor candidate, Preprocessor live) {
    Map<String, Placed> theirs = placed(live);
    Map<String, List<Placed>> ourLeft = new LinkedHashMap<>();
    placed(candidate)
        .forEach((key, ours) -> {
          Placed found = theirs.get(key);
          if (found != null && found.isTextAs(ours)) {
            theirs.remove(key);
            matches.add(match(ours, found));
          } else {
            leave(ours, ourLeft);
          }
        });
    Map<String, List<Placed>> theirLeft = new LinkedHashMap<>();
    theirs.values().forEach(left -> leave(left, theirLeft));
    ourLeft.forEach((feature, left) -> matchInOrder(left, theirLeft.remove(feature)));
    theirLeft.values().forEach(this::noteUnmatched);
  }

  private static void leave(Placed column, Map<String, List<Placed>> left) {
    left.computeIfAbsent(column.column().feature().name(), key -> new ArrayList<>()).add(column);
  }

  private void matchInOrder(List<Placed> ours, @Nullable List<Placed> theirs) {
    if (theirs == null
        || theirs.size() != ours.size()
        || !theirs.getFirst().isTextAs(ours.getFirst())) {
      noteUnmatched(ours);
      noteUnmatched(theirs == null ? List.of() : theirs);
      return;
    }
    for (int i = 0; i < ours.size(); i++) {
      matches.add(match(ours.get(i), theirs.get(i)));
    }
  }

  private void noteUnmatched(List<Placed> columns) {
    columns.forEach(column -> unmatched.add(column.column().name()));
  }

  private static Match match(Placed ours, Placed theirs) {
    String name = ours.column().name();
    String other = theirs.column().name();
    return new Match(
        name.equals(other) ? name : name + " (was " + other + ")",
        ours.column().feature().name(),
        ours.place(),
        theirs.place());
  }

  private record Placed(ColumnName column, Place place) {
    boolean isTextAs(Placed other) {
      return (place.type() == ElementType.STRING) == (other.place.type() == ElementType.STRING);
    }
  }

  /** By name, and the how-manieth of that name. */
  private static Map<String, Placed> placed(Preprocessor preprocessor) {
    Map<String, Placed> placed = new LinkedHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int input = 0; input < preprocessor.inputs().size(); input++) {
      List<ColumnName> columns = preprocessor.columnNames(input);
      ElementType type = preprocessor.inputs().get(input).type();
      for (int element = 0; element < columns.size(); element++) {
        ColumnName column = columns.get(element);
        int count = counts.merge(column.name(), 1, Integer::sum);
        placed.put(
            column.name() + " " + count,
            new Placed(column, new Place(input, element, columns.size(), type)));
      }
    }
    return placed;
  }

  /** Adds a row that both versions have preprocessed. */
  void add(TensorRows ours, int row, TensorRows theirs, int other) {
    for (Match match : matches) {
      match.add(ours, row, theirs, other);
    }
  }

  /** Columns that only one of the versions has. */
  List<String> unmatched() {
    return List.copyOf(unmatched);
  }

  /** The columns of a feature that both have. */
  List<Match> matches(String feature) {
    return matches.stream().filter(match -> match.feature.equals(feature)).toList();
  }

  /** By feature, for those of which a column differs at all. */
  Map<String, Difference> differences() {
    Map<String, Difference> differences = new LinkedHashMap<>();
    Set<String> features = new LinkedHashSet<>();
    matches.forEach(match -> features.add(match.feature));
    for (String feature : features) {
      double spread = 0;
      double difference = 0;
      Match widest = null;
      for (Match match : matches(feature)) {
        spread += match.spread.deviation();
        difference += match.meanDifference();
        if (widest == null || match.meanDifference() > widest.meanDifference()) {
          widest = match;
        }
      }
      if (widest != null && difference > 0) {
        differences.put(
            feature, new Difference(difference / (spread > 0 ? spread : 1), widest.name));
      }
    }
    return differences;
  }
}
