package io.evenkeel.monitoring.slo;

import io.evenkeel.monitoring.quality.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the objectives stand, as this one process has seen it.
 *
 * @param since when it began to count; windows reach back no further
 * @param objectives each with what is left of its budget, and how fast that is used up
 * @param quality how each version keeps what is promised of its predictions
 * @param versions what each version's requests were like lately
 */
public record SloReport(
    Instant since, List<Line> objectives, List<QualityLine> quality, List<Traffic> versions) {
  public SloReport {
    objectives = List.copyOf(objectives);
    quality = List.copyOf(quality);
    versions = List.copyOf(versions);
  }

  /** The same, with what is known of quality. */
  public SloReport withQuality(List<QualityLine> lines) {
    return new SloReport(since, objectives, lines, versions);
  }

  /**
   * One side of an objective, for one model.
   *
   * @param objective its name
   * @param indicator availability or latency
   * @param endpoint single or batch
   * @param model which; empty for requests that were routed to none
   * @param target the share that is to be good
   * @param threshold of a latency; null otherwise
   * @param owner of the objective
   * @param severity of its fast burn
   * @param alarm what the rules would say, if this process were the only one
   * @param budget what is left
   * @param burn over each window
   */
  public record Line(
      String objective,
      String indicator,
      String endpoint,
      String model,
      String target,
      @Nullable Duration threshold,
      String owner,
      Objective.Severity severity,
      Alarm alarm,
      Budget budget,
      List<Burn> burn) {
    public Line {
      burn = List.copyOf(burn);
    }
  }

  /** How fast the budget burns. */
  public enum Alarm {
    NONE,
    SLOW,
    FAST
  }

  /**
   * An error budget.
   *
   * @param left 1 where nothing is used, 0 where all is; below that the objective is broken
   * @param window it is reckoned over
   * @param seen how much of that the process has seen
   * @param requests that counted
   * @param bad those of them that were bad
   */
  public record Budget(double left, Duration window, Duration seen, long requests, long bad) {}

  /**
   * How fast it is used up.
   *
   * @param window over which
   * @param seen how much of that the process has seen
   * @param requests that counted
   * @param bad those of them that were bad
   * @param rate 1 if the budget lasts exactly for the objective's window
   */
  public record Burn(Duration window, Duration seen, long requests, long bad, double rate) {}

  /**
   * What a version's requests were like. The quantiles are of answers, reckoned from the buckets of
   * {@code evenkeel_request_seconds} as Prometheus does.
   *
   * @param endpoint single or batch
   * @param model which; empty for requests that were routed to none
   * @param version which; empty as well then
   * @param windows of the last minutes, the shortest first
   */
  public record Traffic(String endpoint, String model, String version, List<Window> windows) {
    public Traffic {
      windows = List.copyOf(windows);
    }
  }

  /**
   * Some minutes of a version.
   *
   * @param window how many
   * @param seen how much of that the process has seen
   * @param requests of all endings
   * @param perSecond requests
   * @param errorRate the bad ones' share of those that count
   * @param degradedRate the degraded ones' share of the answers
   * @param p50Millis the median time of an answer; null without answers
   * @param p95Millis what 95 of 100 answers took at most
   * @param p99Millis what 99 of 100 answers took at most
   */
  public record Window(
      Duration window,
      Duration seen,
      long requests,
      double perSecond,
      double errorRate,
      double degradedRate,
      @Nullable Double p50Millis,
      @Nullable Double p95Millis,
      @Nullable Double p99Millis) {}

  /**
   * One promise of quality, for one version.
   *
   * @param objective its name
   * @param model whose version it is
   * @param version which
   * @param metric which figure
   * @param promised what of it, for people
   * @param owner of the objective
   * @param severity of its breach
   * @param verdict how it stands
   * @param basis what the verdict goes by; null while it is unknown
   * @param figure as measured by outcomes; null where there are fewer than the promise takes
   * @param outcomes how many there are
   * @param minimum how many the promise takes
   * @param from when the first of the predictions with an outcome was made; null where there is
   *     none
   * @param to when the last of them was made; null where there is none
   * @param estimate without outcomes; null where nobody can give one
   * @param measured when all that was found; null before that
   * @param note why there will never be a verdict; null where there may be one
   */
  public record QualityLine(
      String objective,
      String model,
      String version,
      String metric,
      String promised,
      String owner,
      Objective.Severity severity,
      Verdict verdict,
      @Nullable Basis basis,
      @Nullable Estimate figure,
      int outcomes,
      int minimum,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Expected estimate,
      @Nullable Instant measured,
      @Nullable String note) {}

  /** How a promise of quality stands, by an interval that holds the truth in 999 of 1000 cases. */
  public enum Verdict {
    /** All of the interval is as promised. */
    KEPT,
    /** A part of it is. */
    UNDECIDED,
    /** Nothing of it is. */
    BROKEN,
    /** There are too few outcomes. */
    UNKNOWN
  }

  /** What a verdict goes by. */
  public enum Basis {
    /** What became of predictions. */
    OUTCOMES,
    /** How sure the predictions were. */
    ESTIMATE
  }

  /**
   * An accuracy that nobody has measured.
   *
   * @param value of the estimate
   * @param predictions of how many
   * @param calibratedOn by how many outcomes confidences were calibrated; 0 where they are taken
   *     for what they say
   * @param judged whether the promise is judged by it where outcomes are too few
   * @param note what to think of it
   */
  public record Expected(
      double value, int predictions, int calibratedOn, boolean judged, String note) {}
}
