package io.evenkeel.cli.replay;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which features explain how two versions differ: a one-way analysis of variance for each feature,
 * in a stream. The rows are sorted into bins of the feature's values; the share of the differences'
 * variance that lies between the bins is what the feature explains (eta², adjusted for the number
 * of bins after Ezekiel, so that chance explains nothing on average). Not thread-safe.
 */
final class Attribution {
  /** Rows that are kept until the bins of features without a reference are chosen. */
  private static final int FIRST_ROWS = 1000;

  /** With fewer rows in them, bins say nothing. */
  private static final int FEWEST_ROWS = 100;

  private final Contract contract;
  private final Map<String, Sketch> sketches;
  private final List<Row> firstRows = new ArrayList<>();
  private final List<double[]> firstDifferences = new ArrayList<>();
  private final List<Cells> cells = new ArrayList<>();

  private long rows;
  private double[] sums = new double[0];
  private double[] squares = new double[0];

  /** A feature's bins, with the number of rows and, for each score, their sum in each. */
  private static final class Cells {
    private final FeatureBins bins;
    private final long[] counts;
    private final double[][] sums;

    Cells(FeatureBins bins, int scores) {
      this.bins = bins;
      this.counts = new long[bins.count()];
      this.sums = new double[bins.count()][scores];
    }

    void add(Row row, double[] differences) {
      int bin = bins.bin(row);
      counts[bin]++;
      for (int i = 0; i < differences.length; i++) {
        sums[bin][i] += differences[i];
      }
    }
  }

  /**
   * @param sketches what is known of the features' distributions, by feature
   */
  Attribution(Contract contract, Map<String, Sketch> sketches) {
    this.contract = contract;
    this.sketches = sketches;
  }

  /**
   * Adds a row.
   *
   * @param differences of each score; rows of which one is no number are passed over
   */
  void add(Row row, double[] differences) {
    if (Arrays.stream(differences).anyMatch(difference -> !Double.isFinite(difference))) {
      return;
    }
    if (!cells.isEmpty()) {
      count(row, differences);
      return;
    }
    firstRows.add(row);
    firstDifferences.add(differences);
    if (firstRows.size() == FIRST_ROWS) {
      chooseBins();
    }
  }

  private void chooseBins() {
    if (firstRows.isEmpty()) {
      return;
    }
    int scores = firstDifferences.getFirst().length;
    sums = new double[scores];
    squares = new double[scores];
    for (int i = 0; i < contract.features().size(); i++) {
      Sketch sketch = sketches.get(contract.features().get(i).name());
      cells.add(new Cells(FeatureBins.of(contract, i, sketch, firstRows), scores));
    }
    for (int i = 0; i < firstRows.size(); i++) {
      count(firstRows.get(i), firstDifferences.get(i));
    }
    firstRows.clear();
    firstDifferences.clear();
  }

  private void count(Row row, double[] differences) {
    if (differences.length != sums.length) {
      return; // Raw outputs of another size can't be compared.
    }
    rows++;
    for (int i = 0; i < differences.length; i++) {
      sums[i] += differences[i];
      squares[i] += differences[i] * differences[i];
    }
    for (Cells cell : cells) {
      cell.add(row, differences);
    }
  }

  /** The share that each feature explains, in the contract's order; empty after too few rows. */
  List<Double> explained() {
    if (cells.isEmpty()) {
      chooseBins();
    }
    if (rows < FEWEST_ROWS) {
      return List.of();
    }
    return cells.stream().map(this::explained).toList();
  }

  private double explained(Cells cell) {
    double total = 0;
    double between = 0;
    for (int i = 0; i < sums.length; i++) {
      double ofMean = sums[i] * sums[i] / rows;
      total += squares[i] - ofMean;
      between -= ofMean;
      for (int bin = 0; bin < cell.sums.length; bin++) {
        long count = cell.counts[bin];
        between += count == 0 ? 0 : cell.sums[bin][i] * cell.sums[bin][i] / count;
      }
    }
    double mean = Arrays.stream(squares).sum();
    if (total <= 1e-9 * mean) {
      return 0; // The difference is the same for every row: there is nothing to explain.
    }
    long filled = Arrays.stream(cell.counts).filter(count -> count > 0).count();
    double left = 1 - between / total;
    return Math.clamp(1 - left * (rows - 1) / Math.max(1, rows - filled), 0, 1);
  }

  /**
   * The mean difference in each bin of a feature that has rows.
   *
   * @param score which score's difference
   */
  List<ReplayReport.Bin> bins(int feature, int score) {
    Cells cell = cells.get(feature);
    List<ReplayReport.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < cell.sums.length; bin++) {
      long count = cell.counts[bin];
      if (count > 0) {
        bins.add(new ReplayReport.Bin(cell.bins.name(bin), count, cell.sums[bin][score] / count));
      }
    }
    return bins;
  }

  /** How many scores there are differences of. */
  int scores() {
    return sums.length;
  }
}
