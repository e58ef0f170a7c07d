package io.evenkeel.monitoring.slo;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One indicator of one model over its windows, about 9 kB. Not thread-safe.
 *
 * <p>The burn rate is the bad share in units of the allowed one: at 1 the budget lasts exactly for
 * the objective's window. Fast and slow are the pairs of windows that the rules in {@code
 * config/prometheus} alert by; the long one says that it matters, the short one that it goes on
 * (Beyer et al., The Site Reliability Workbook, 2018, chapter 5).
 */
final class IndicatorTrack {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private static final List<Duration> WINDOWS =
      List.of(FIVE_MINUTES, HALF_AN_HOUR, HOUR, SIX_HOURS, THREE_DAYS);

  private static final double FASTEST = 14.4;
  private static final double FAST = 6;
  private static final double SLOW = 1;

  /** Fewer than that are an accident, whatever share they are. */
  private static final long FEWEST_BAD = 5;

  private final Indicator indicator;
  private final String model;
  private final Map<Duration, WindowRing> rings = new LinkedHashMap<>();
  private final WindowRing budget;

  IndicatorTrack(Indicator indicator, String model) {
    this.indicator = indicator;
    this.model = model;
    WINDOWS.forEach(window -> rings.put(window, new WindowRing(window, 2)));
    this.budget = new WindowRing(indicator.objective().window(), 2);
  }

  /** What of all requests counts for it. */
  Tally tally(SeriesIndex all, Verdicts verdicts) {
    Tally sum = Tally.NONE;
    for (RequestSeries series : all.of(indicator.endpoint(), model)) {
      sum = sum.plus(indicator.tally(series, verdicts));
    }
    return sum;
  }

  void sample(long nowNanos, Tally tally) {
    long[] counts = counts(tally);
    rings.values().forEach(ring -> ring.sample(nowNanos, counts));
    budget.sample(nowNanos, counts);
  }

  private static long[] counts(Tally tally) {
    return new long[] {tally.requests(), tally.bad()};
  }

  SloReport.Line report(long nowNanos, Tally tally) {
    long[] counts = counts(tally);
    List<SloReport.Burn> burns = new ArrayList<>();
    rings.forEach((window, ring) -> burns.add(burn(window, ring.rise(nowNanos, counts))));
    SloReport.Burn whole = burn(indicator.objective().window(), budget.rise(nowNanos, counts));
    return new SloReport.Line(
        indicator.objective().name(),
        indicator.kind().label(),
        indicator.endpoint(),
        model,
        indicator.target().text(),
        indicator.kind() == Indicator.Kind.LATENCY
            ? Duration.ofNanos(indicator.thresholdNanos())
            : null,
        indicator.objective().owner(),
        indicator.objective().severity(),
        alarm(burns),
        // By events: of as many requests as there were, so many may be bad.
        new SloReport.Budget(
            1 - whole.rate(), whole.window(), whole.seen(), whole.requests(), whole.bad()),
        burns);
  }

  private SloReport.Burn burn(Duration window, WindowRing.Rise rise) {
    Tally within = new Tally(rise.rises()[0], rise.rises()[1]);
    return new SloReport.Burn(
        window,
        Duration.ofNanos(rise.spanNanos()).truncatedTo(ChronoUnit.SECONDS),
        within.requests(),
        within.bad(),
        within.badShare() / indicator.allowed());
  }

  private static SloReport.Alarm alarm(List<SloReport.Burn> burns) {
    if (bothBurn(burns, FIVE_MINUTES, HOUR, FASTEST)
        || bothBurn(burns, HALF_AN_HOUR, SIX_HOURS, FAST)) {
      return SloReport.Alarm.FAST;
    }
    return bothBurn(burns, SIX_HOURS, THREE_DAYS, SLOW)
        ? SloReport.Alarm.SLOW
        : SloReport.Alarm.NONE;
  }

  private static boolean bothBurn(
      List<SloReport.Burn> burns, Duration little, Duration large, double rate) {
    SloReport.Burn goesOn = burns.get(WINDOWS.indexOf(little));
    SloReport.Burn matters = burns.get(WINDOWS.indexOf(large));
    return goesOn.rate() > rate && matters.rate() > rate && matters.bad() >= FEWEST_BAD;
  }
}
