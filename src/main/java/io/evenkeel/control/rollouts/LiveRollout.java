package io.evenkeel.control.rollouts;

import io.evenkeel.control.RolloutState;
import io.evenkeel.rollout.Rollout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rollout with what it is about. What requests read of it is replaced as a whole; the rest
 * belongs to whoever holds {@link RolloutControl}'s lock.
 */
final class LiveRollout {
  private final String id;
  private final String model;
  private final String stable;
  private final String canary;
  private final Rollout rollout;

  /** Of what is kept; 0 before it is kept for the first time. */
  private long counter;

  /** The first revision of the routes under which its step is in force. */
  private volatile long firstRevision;

  private @Nullable Instant savedAt;

  LiveRollout(String id, String model, String stable, String canary, Rollout rollout) {
    this.id = id;
    this.model = model;
    this.stable = stable;
    this.canary = canary;
    this.rollout = rollout;
  }

  /** What was kept, to go on with. */
  static LiveRollout restore(RolloutState kept) {
    JsonNode document = JsonMapper.shared().readTree(kept.document());
    LiveRollout restored =
        new LiveRollout(
            kept.id(),
            kept.model(),
            document.get("stable").stringValue(),
            document.get("canary").stringValue(),
            Rollout.restore(document.get("rollout").toString()));
    restored.firstRevision = document.get("firstRevision").longValue();
    restored.counter = kept.counter();
    return restored;
  }

  /** What is to be kept of it next. */
  RolloutState toSave(String owner, Instant now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("stable", stable);
    document.put("canary", canary);
    document.put("firstRevision", firstRevision);
    document.put("rollout", JsonMapper.shared().readTree(rollout.snapshot()));
    return new RolloutState(
        id,
        model,
        !rollout.state().isOver(),
        counter + 1,
        owner,
        now,
        JsonMapper.shared().writeValueAsString(document));
  }

  /** It was kept. */
  void saved(RolloutState state) {
    counter = state.counter();
    savedAt = state.heartbeat();
  }

  @Nullable Instant savedAt() {
    return savedAt;
  }

  void beginStep(long revision) {
    firstRevision = revision;
  }

  long firstRevision() {
    return firstRevision;
  }

  String id() {
    return id;
  }

  String model() {
    return model;
  }

  String stable() {
    return stable;
  }

  String canary() {
    return canary;
  }

  Rollout rollout() {
    return rollout;
  }

  /** How it stands, for people and for the API. */
  Map<String, @Nullable Object> report(Instant now) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("id", id);
    report.put("model", model);
    report.put("stable", stable);
    report.put("canary", canary);
    report.putAll(rollout.report(now).toJson());
    report.put("plan", rollout.plan().toJson());
    return report;
  }
}
