package io.evenkeel.monitoring.slo;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The counts of {@code evenkeel_request_seconds}, read where they are. So a request costs nothing
 * more for having objectives, and what is said here is what Prometheus is told. Thread-safe.
 */
public final class MeteredRequests implements RequestCounts {
  private final MeterRegistry registry;

  /**
   * @param registry one whose histograms count since the start, as Prometheus's do
   */
  public MeteredRequests(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public List<RequestSeries> read() {
    return registry.find(LatencyThresholds.REQUEST).timers().stream()
        .map(MeteredRequests::series)
        .toList();
  }

  private static RequestSeries series(Timer timer) {
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    // A registry may give the bucket of all as well; ours comes from the same source as the others.
    long[] bounds = new long[finite(buckets)];
    long[] atMost = new long[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Math.round(buckets[i].bucket(TimeUnit.NANOSECONDS));
      atMost[i] = Math.round(buckets[i].count());
    }
    long counted = Math.max(timer.count(), bounds.length == 0 ? 0 : atMost[bounds.length - 1]);
    atMost[bounds.length] = counted;
    return new RequestSeries(
        tag(timer, "endpoint"),
        tag(timer, "model"),
        tag(timer, "version"),
        tag(timer, "outcome"),
        new Latencies(bounds, atMost));
  }

  private static int finite(CountAtBucket[] buckets) {
    int length = buckets.length;
    return length > 0 && buckets[length - 1].bucket() >= Double.MAX_VALUE ? length - 1 : length;
  }

  private static String tag(Timer timer, String key) {
    return Objects.requireNonNullElse(timer.getId().getTag(key), "");
  }
}
