package io.evenkeel.routing.remediation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is remembered of a model between two looks. Immutable.
 *
 * <p>Its times are in milliseconds of watched time, see {@link Watch}.
 *
 * @param version the stable version at the last look; null before the first
 */
public record RemediationState(
    String model,
    @Nullable String version,
    Phase phase,
    Watch watch,
    Alarm alarm,
    Diversions diversions) {
  private static final String NO_SNAPSHOT = "this is no snapshot of a remediation: ";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** Where a model stands. */
  public enum Phase {
    /** No detector says anything. */
    NORMAL,
    /** People know of a change. */
    INFORMED,
    /** The fallback answers. */
    DIVERTED,
    /** An operator has said which version answers. */
    PINNED
  }

  /**
   * The time that somebody looked, whatever the clock says. In it, a clock that is set back stands
   * still, and one that is set forward, or a server that was down, gains one gap at most. So no
   * limit is stepped over; that a pause doesn't count is the price.
   *
   * @param seen when the last look was; null before the first
   * @param millis how much time was watched so far
   */
  public record Watch(@Nullable Instant seen, long millis) {
    public Watch {
      if (millis < 0) {
        throw new IllegalArgumentException("millis must be at least 0, not " + millis);
      }
    }

    Watch lookedAt(Instant now, Duration longestGap) {
      long passed = seen == null ? 0 : Duration.between(seen, now).toMillis();
      return new Watch(now, millis + Math.clamp(passed, 0, longestGap.toMillis()));
    }
  }

  /**
   * What the detectors have been saying.
   *
   * @param told the strongest stage that people were told of since it was calm; null if none
   * @param convincedSince since when there has been enough to divert; null while there isn't
   * @param calmSince since when no detector has said anything; null while one does
   * @param rowsAtCalm how many rows had been watched then
   */
  public record Alarm(
      Signal.@Nullable Stage told,
      @Nullable Long convincedSince,
      @Nullable Long calmSince,
      long rowsAtCalm) {
    static final Alarm NONE = new Alarm(null, null, null, 0);

    Alarm told(Signal.@Nullable Stage stage) {
      return new Alarm(stage, convincedSince, calmSince, rowsAtCalm);
    }

    Alarm doubted() {
      return new Alarm(told, null, calmSince, rowsAtCalm);
    }

    /** While a detector says something. */
    Alarm standing(boolean convincing, long now) {
      Long since = convincedSince == null ? Long.valueOf(now) : convincedSince;
      return new Alarm(told, convincing ? since : null, null, 0);
    }

    /** While none does. A count of rows that has fallen was begun anew, by a restart. */
    Alarm silent(long rowsWatched, long now) {
      return calmSince == null
          ? new Alarm(told, null, now, rowsWatched)
          : new Alarm(told, null, calmSince, Math.min(rowsAtCalm, rowsWatched));
    }
  }

  /**
   * When the fallback answered.
   *
   * @param to the fallback that answers; null while none does
   * @param ended when a diversion ended last; null if none has
   * @param begun when the diversions of the last 24 hours began, and the one that lasts
   */
  public record Diversions(@Nullable String to, @Nullable Long ended, List<Long> begun) {
    static final Diversions NONE = new Diversions(null, null, List.of());
    private static final long DAY = Duration.ofDays(1).toMillis();

    public Diversions {
      begun = List.copyOf(begun);
      if (to != null && begun.isEmpty()) {
        throw new IllegalArgumentException("a diversion to " + to + " has no beginning");
      }
    }

    Diversions begin(String fallback, long now) {
      List<Long> all = new ArrayList<>(begun);
      all.removeIf(began -> began <= now - DAY);
      all.add(now);
      return new Diversions(fallback, ended, all);
    }

    Diversions end(long now) {
      return to == null ? this : new Diversions(null, now, begun);
    }

    /** When the one that lasts began. */
    long since() {
      return begun.getLast();
    }

    long withinADay(long now) {
      return begun.stream().filter(began -> began > now - DAY).count();
    }
  }

  public RemediationState {
    if ((phase == Phase.DIVERTED) != (diversions.to() != null)) {
      throw new IllegalArgumentException(
          "the phase " + phase + " doesn't go with a diversion to " + diversions.to());
    }
  }

  /** That of a model nobody has looked at. */
  public static RemediationState of(String model) {
    return new RemediationState(
        model, null, Phase.NORMAL, new Watch(null, 0), Alarm.NONE, Diversions.NONE);
  }

  /** A snapshot, which {@link #fromJson} reads. */
  public String toJson() {
    return JSON.writeValueAsString(this);
  }

  /**
   * Reads a snapshot.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static RemediationState fromJson(String json) {
    try {
      RemediationState read = JSON.readValue(json, RemediationState.class);
      if (read != null) {
        return read;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(NO_SNAPSHOT + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(NO_SNAPSHOT + "it is null");
  }

  /** The watched time. */
  long now() {
    return watch.millis();
  }

  /** Whether a while has passed since a time; false where there is no such time. */
  boolean hasPassedSince(@Nullable Long time, Duration least) {
    return time != null && now() - time >= least.toMillis();
  }

  /** Nothing is kept of another stable version but the diversions, for the cap's sake. */
  RemediationState lookedAt(Instant now, Duration longestGap, String stable) {
    Watch later = watch.lookedAt(now, longestGap);
    return stable.equals(version)
        ? new RemediationState(model, version, phase, later, alarm, diversions)
        : new RemediationState(
            model, stable, Phase.NORMAL, later, Alarm.NONE, diversions.end(later.millis()));
  }

  RemediationState with(Alarm changed) {
    return new RemediationState(model, version, phase, watch, changed, diversions);
  }

  RemediationState divertedTo(String fallback) {
    return new RemediationState(
        model, version, Phase.DIVERTED, watch, alarm, diversions.begin(fallback, now()));
  }

  /** In a phase in which no fallback answers. */
  RemediationState undiverted(Phase other) {
    return new RemediationState(model, version, other, watch, alarm, diversions.end(now()));
  }
}
