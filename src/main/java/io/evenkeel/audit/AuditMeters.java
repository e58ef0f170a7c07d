package io.evenkeel.audit;

import io.evenkeel.audit.log.AuditLog;
import io.evenkeel.audit.log.LogWatch;
import io.evenkeel.serving.Observers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what the audit log gets and loses. There from the start, at 0. Thread-safe. */
public final class AuditMeters implements LogWatch {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private final Counter records;
  private final Counter failures;
  private final Counter lost;
  private final Timer commits;
  private volatile @Nullable AuditLog log;

  public AuditMeters(MeterRegistry meters) {
    this.records =
        Counter.builder("evenkeel.audit.records")
            .description("Records that are on disk")
            .register(meters);
    this.failures =
        Counter.builder("evenkeel.audit.failures")
            .description("Attempts to write records, or to bring them to disk, that failed")
            .register(meters);
    this.lost = Observers.dropped(meters, "audit");
    this.commits =
        Timer.builder("evenkeel.audit.commit")
            .description("Time to bring the records that have gathered to disk")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    Gauge.builder("evenkeel.audit.failing", this, AuditMeters::failing)
        .description("1 while records can't be written")
        .register(meters);
    Gauge.builder("evenkeel.audit.waiting", this, AuditMeters::waiting)
        .description("Records that wait to be written")
        .register(meters);
  }

  void watch(AuditLog opened) {
    log = opened;
  }

  private double failing() {
    AuditLog opened = log;
    return opened != null && opened.failure() != null ? 1 : 0;
  }

  private double waiting() {
    AuditLog opened = log;
    return opened == null ? 0 : opened.waiting();
  }

  @Override
  public void committed(int written, long nanos) {
    records.increment(written);
    commits.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void lost(long count) {
    lost.increment((double) count);
  }

  @Override
  public void failed() {
    failures.increment();
  }
}
