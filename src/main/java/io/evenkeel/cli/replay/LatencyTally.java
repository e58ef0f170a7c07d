package io.evenkeel.cli.replay;

/** How long a version takes for what it does with a row. Not thread-safe. */
final class LatencyTally {
  private final Quantiles read = new Quantiles();
  private final Quantiles preprocess = new Quantiles();
  private final Quantiles together = new Quantiles();
  private final Quantiles alone = new Quantiles();
  private final Quantiles block = new Quantiles();

  void read(long nanos) {
    read.add((double) nanos);
  }

  void preprocess(long nanos, int rows) {
    preprocess.add((double) nanos / rows);
  }

  void run(long nanos, int rows) {
    together.add((double) nanos / rows);
    // The last block is smaller, and no measure of the others.
    if (rows >= Replay.BLOCK / 2) {
      block.add((double) nanos);
    }
  }

  void runAlone(long nanos) {
    alone.add((double) nanos);
  }

  ReplayReport.Latency report() {
    return new ReplayReport.Latency(
        times(read), times(preprocess), times(together), times(alone), times(block), Replay.BLOCK);
  }

  private static ReplayReport.Times times(Quantiles nanos) {
    return new ReplayReport.Times(
        nanos.at(0.5) / 1000, nanos.at(0.9) / 1000, nanos.at(0.99) / 1000, nanos.greatest() / 1000);
  }
}
