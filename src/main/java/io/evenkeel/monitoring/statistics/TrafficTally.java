package io.evenkeel.monitoring.statistics;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.inference.Prediction;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.monitoring.drift.Binning;
import io.evenkeel.monitoring.drift.DriftStreams;
import io.evenkeel.monitoring.watch.RowBins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often which bin of a version's traffic was met, since the last release: of features that
 * aren't sensitive, and of the predicted label or value. A row adds to at most one bin of each, and
 * never takes from one. The bins are those of the training data, so the traffic doesn't tell by
 * them. Thread-safe: rows are counted while a release is made, each in one release, whichever.
 */
final class TrafficTally {
  private final RowBins bins;
  private final List<Stream> streams = new ArrayList<>();
  private volatile Instant since;

  /**
   * One feature or output.
   *
   * @param place among a row's bins
   */
  private record Stream(String name, int place, List<String> bins, AtomicLongArray counts) {}

  TrafficTally(Contract contract, Reference reference, Instant since) {
    DriftStreams all = DriftStreams.of(reference, 0, 1);
    this.bins = new RowBins(contract, all);
    this.since = since;
    int place = 0;
    for (Map.Entry<String, Binning> input : all.inputs().entrySet()) {
      int feature = contract.indexOf(input.getKey());
      if (feature >= 0 && !contract.features().get(feature).sensitive()) {
        add(input.getKey(), place, input.getValue());
      }
      place++;
    }
    for (Map.Entry<String, Binning> output : all.outputs().entrySet()) {
      // The label says most of it; each stream more makes the noise of all greater.
      if (!output.getKey().equals("confidence")) {
        add(output.getKey(), place, output.getValue());
      }
      place++;
    }
  }

  private void add(String name, int place, Binning binning) {
    List<String> names = binning.reference().bins();
    streams.add(new Stream(name, place, names, new AtomicLongArray(names.size())));
  }

  void add(Row seen, Prediction prediction) {
    int[] row = new int[bins.size()];
    bins.write(seen, prediction, false, row);
    for (Stream stream : streams) {
      int bin = row[stream.place()];
      if (bin >= 0) {
        long ignored = stream.counts().incrementAndGet(bin);
      }
    }
  }

  /** By how much one row changes all counts together, at most. */
  int sensitivity() {
    return streams.size();
  }

  Instant since() {
    return since;
  }

  /** The counts with noise, by stream and bin. Counting begins anew: a row is in one release. */
  Map<String, Object> release(DiscreteLaplace noise, Instant now) {
    since = now;
    Map<String, Object> noisy = new LinkedHashMap<>();
    for (Stream stream : streams) {
      List<Object> counts = new ArrayList<>();
      for (int bin = 0; bin < stream.counts().length(); bin++) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("bin", stream.bins().get(bin));
        one.put("count", stream.counts().getAndSet(bin, 0) + noise.next());
        counts.add(one);
      }
      noisy.put(stream.name(), counts);
    }
    return noisy;
  }
}
