package io.evenkeel.control.rollouts;

import io.evenkeel.control.RolloutState;
import io.evenkeel.rollout.Arm;
import io.evenkeel.rollout.Rollout;
import io.evenkeel.routing.Routing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** For each step that has begun, the first revision of the routes under which it is in force. */
  private volatile List<Long> firstRevisions = List.of();

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
    restored.firstRevisions =
        document.get("firstRevisions").valueStream().map(JsonNode::longValue).toList();
    restored.counter = kept.counter();
    return restored;
  }

  /** What is to be kept of it next. */
  RolloutState toSave(String owner, Instant now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("stable", stable);
    document.put("canary", canary);
    document.put("firstRevisions", firstRevisions);
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

  /** The arm of a request that went to a version by the split; null of any other. */
  @Nullable Arm arm(Routing.Role role, String version) {
    if (role == Routing.Role.CANARY && version.equals(canary)) {
      return Arm.CANARY;
    }
    return role == Routing.Role.STABLE && version.equals(stable) ? Arm.STABLE : null;
  }

  @Nullable Instant savedAt() {
    return savedAt;
  }

  void beginStep(long revision) {
    List<Long> longer = new ArrayList<>(firstRevisions);
    longer.add(revision);
    firstRevisions = List.copyOf(longer);
  }

  /** The first revision of the step in force. */
  long firstRevision() {
    return firstRevisions.getLast();
  }

  /** The step that was in force under a revision of the routes; -1 before the first. */
  int stepAt(long revision) {
    List<Long> begun = firstRevisions;
    int step = begun.size() - 1;
    while (step >= 0 && begun.get(step) > revision) {
      step--;
    }
    return step;
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
    report.put("stableVersion", stable);
    report.put("canaryVersion", canary);
    report.putAll(rollout.report(now).toJson());
    report.put("plan", rollout.plan().toJson());
    return report;
  }
}
