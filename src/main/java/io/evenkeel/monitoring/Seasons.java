package io.evenkeel.monitoring;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the training data differed by the hour of the week. Immutable.
 *
 * @param zone in which hours are told
 * @param hours for each hour of the week, from Monday's first on, the position of its season
 * @param parts the seasons
 */
public record Seasons(ZoneId zone, List<Integer> hours, List<Season> parts) {
  /** The hours of a week. */
  public static final int HOURS = 7 * 24;

  public Seasons {
    hours = List.copyOf(hours);
    parts = List.copyOf(parts);
    int seasons = parts.size();
    if (hours.size() != HOURS || hours.stream().anyMatch(hour -> hour < 0 || hour >= seasons)) {
      throw new IllegalArgumentException(hours.size() + " hours, " + seasons + " seasons");
    }
  }

  /**
   * One season.
   *
   * @param features sketches with the same edges, or categories, as the whole reference has: of
   *     features that are distributed as in all the data there is none. Means and ends are those of
   *     all the data
   * @param outputs the same for outputs
   */
  public record Season(String name, Map<String, Sketch> features, Map<String, Sketch> outputs) {
    public Season {
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
  }

  /** The season at a moment. */
  public Season at(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    int hour = (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    return parts.get(hours.get(hour));
  }

  /** When the hour of a moment ends, by the zone's clock. */
  public Instant nextHour(Instant moment) {
    return moment.atZone(zone).truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
  }
}
