package io.evenkeel.cli;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which records are meant: those that all of the options fit. */
final class AuditFilter implements Predicate<JsonNode> {
  @Option(
      names = "--id",
      split = ",",
      paramLabel = "<id>",
      description = "Of these answers; also what is about them.")
  private Set<String> ids = Set.of();

  @Option(names = "--model", paramLabel = "<model>", description = "Of this model.")
  private String model;

  @Option(names = "--who", paramLabel = "<caller>", description = "Of this caller.")
  private String who;

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "<kind>",
      description = "Of these kinds: predict, batch, feedback, admin, change, …")
  private Set<String> kinds = Set.of();

  @Option(
      names = "--outcome",
      split = ",",
      paramLabel = "<outcome>",
      description = "With these outcomes: served, degraded, invalid, shed, refused, …")
  private Set<String> outcomes = Set.of();

  @Option(
      names = "--since",
      paramLabel = "<time>",
      description = "From this moment, such as 2026-11-01T00:00:00Z.")
  private Instant since;

  @Option(names = "--until", paramLabel = "<time>", description = "Before this moment.")
  private Instant until;

  /** Whether anything was said at all. */
  boolean isGiven() {
    return !ids.isEmpty()
        || model != null
        || who != null
        || !kinds.isEmpty()
        || !outcomes.isEmpty()
        || since != null
        || until != null;
  }

  @Override
  public boolean test(JsonNode record) {
    return (ids.isEmpty() || isOfAnId(record))
        && (model == null || model.equals(text(record, "model")))
        && (who == null || who.equals(text(record, "who")))
        && (kinds.isEmpty() || kinds.contains(text(record, "kind")))
        && (outcomes.isEmpty() || outcomes.contains(text(record, "outcome")))
        && isInTime(record);
  }

  private boolean isOfAnId(JsonNode record) {
    JsonNode about = record.path("about");
    boolean isAbout =
        about.isArray()
            ? about.valueStream().anyMatch(one -> ids.contains(one.asString("")))
            : ids.contains(about.asString(""));
    return isAbout || ids.contains(text(record, "id"));
  }

  private boolean isInTime(JsonNode record) {
    if (since == null && until == null) {
      return true;
    }
    Instant at = Instant.parse(text(record, "at"));
    return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
  }

  private static String text(JsonNode record, String member) {
    return record.path(member).asString("");
  }
}
