package io.evenkeel.monitoring.slo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is promised: of one endpoint how much is answered and how fast, and of a model how good its
 * predictions are.
 *
 * @param name of the objective: small letters, digits and hyphens; a label of its meters
 * @param endpoint {@code single} or {@code batch}; null where only quality is promised, which is
 *     that of all predictions
 * @param model which model it is about; null if each model is to keep it on its own
 * @param availability which share of the requests is to be answered; null if that isn't promised
 * @param latency how fast; null if that isn't promised
 * @param quality how good the predictions are; null if that isn't promised
 * @param window over which time the budget is reckoned
 * @param owner who is told when it is broken: a label that the alerts are routed by
 * @param severity how urgent it is when the budget burns fast
 */
public record Objective(
    String name,
    @Nullable String endpoint,
    @Nullable String model,
    @Nullable Percent availability,
    @Nullable Latency latency,
    @Nullable QualityPromise quality,
    @DefaultValue("28d") Duration window,
    @DefaultValue("operations") String owner,
    @DefaultValue("page") Severity severity) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Set<String> ENDPOINTS = Set.of("single", "batch");
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  public Objective {
    require(
        NAME.matcher(Objects.toString(name, "")).matches(),
        name,
        "name",
        "small letters, digits and hyphens");
    boolean isOfRequests = availability != null || latency != null;
    if (isOfRequests) {
      require(
          ENDPOINTS.contains(Objects.toString(endpoint, "")),
          name,
          "endpoint",
          "`single` or `batch`");
    }
    require(
        model == null || !model.isBlank(),
        name,
        "model",
        "a model's name; leave it out if each model is to keep the objective");
    require(
        isOfRequests || quality != null,
        name,
        "availability",
        "a share like `99.9%`, or there must be a `latency` or a `quality`");
    require(
        isOfRequests || endpoint == null,
        name,
        "endpoint",
        "left out where only `quality` is promised: it is that of all predictions");
    require(
        window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0,
        name,
        "window",
        "between 1h and 366d");
    require(NAME.matcher(owner).matches(), name, "owner", "small letters, digits and hyphens");
  }

  private static void require(boolean isSo, @Nullable String name, String key, String expected) {
    if (!isSo) {
      throw new IllegalArgumentException(
          "evenkeel.slo.objectives: `%s` of `%s` must be %s".formatted(key, name, expected));
    }
  }

  /**
   * How fast answers are to be.
   *
   * @param quantile which share of the answers
   * @param threshold within which time, from the request's arrival to its written answer
   */
  public record Latency(Percent quantile, Duration threshold) {
    public Latency {
      if (quantile == null || threshold == null || !threshold.isPositive()) {
        throw new IllegalArgumentException(
            "evenkeel.slo.objectives: `latency` needs a `quantile` like `99%` and a `threshold` "
                + "like `25ms`");
      }
    }
  }

  /** How urgent it is when a budget burns fast; a slow burn is always a ticket. */
  public enum Severity {
    /** Somebody is woken. */
    PAGE,
    /** Somebody looks at it within days. */
    TICKET
  }

  /** Whether a model has to keep it. */
  boolean isAbout(String other) {
    return model == null || model.equals(other);
  }

  /** What is counted for it. */
  List<Indicator> indicators() {
    List<Indicator> found = new ArrayList<>();
    if (endpoint != null && availability != null) {
      found.add(
          new Indicator(this, endpoint, Indicator.Kind.AVAILABILITY, availability, Long.MAX_VALUE));
    }
    if (endpoint != null && latency != null) {
      found.add(
          new Indicator(
              this,
              endpoint,
              Indicator.Kind.LATENCY,
              latency.quantile(),
              latency.threshold().toNanos()));
    }
    return found;
  }
}
