package io.evenkeel.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Those that a plan asks for. Not thread-safe. */
final class Detectors {
  private final List<Detector> all = new ArrayList<>();
  private @Nullable ShareBet failures;
  private @Nullable ExcessBet latency;
  private @Nullable ShiftBet confidence;
  private @Nullable RateBet disagreement;
  private Limit.@Nullable Disagreement disagreementLimit;
  private @Nullable ShareBet wrong;
  private @Nullable ExcessBet loss;

  Detectors(RolloutPlan plan) {
    int steps = plan.compared().size();
    for (Limit limit : plan.limits()) {
      switch (limit) {
        case Limit.Failures found -> {
          failures = new ShareBet(found.ratio(), found.allowance(), steps);
          add(plan, limit, failures);
        }
        case Limit.Latency found -> {
          latency = new ExcessBet(found.ratio(), found.quantiles(), steps, Words::nanos);
          add(plan, limit, latency);
        }
        case Limit.Confidence found -> {
          confidence = new ShiftBet(found.tolerance(), steps);
          add(plan, limit, confidence);
        }
        case Limit.Disagreement found -> {
          disagreementLimit = found;
          disagreement = new RateBet(found.atMost(), steps);
          add(plan, limit, disagreement);
        }
        case Limit.Wrong found -> {
          wrong = new ShareBet(found.ratio(), found.allowance(), steps);
          add(plan, limit, wrong);
        }
        case Limit.Loss found -> {
          loss = new ExcessBet(found.ratio(), found.quantiles(), steps, Words::three);
          add(plan, limit, loss);
        }
      }
    }
  }

  private void add(RolloutPlan plan, Limit limit, Bet bet) {
    all.add(new Detector(limit.detector(), bet, plan.needed(limit)));
  }

  /**
   * @param pi the probability with which the split gave the request to the canary
   * @param chance independent of the arm and of the answer
   */
  void observe(Observation.Answer answer, double pi, double chance, Instant now) {
    Arm arm = answer.subject().arm();
    if (failures != null) {
      failures.observe(pi, arm, answer.failed(), chance);
    }
    if (!answer.failed()) {
      if (latency != null) {
        latency.observe(pi, arm, (double) answer.latencyNanos());
      }
      if (confidence != null && Double.isFinite(answer.score())) {
        confidence.observe(pi, arm, answer.score());
      }
    }
    look(now);
  }

  /** The same of an outcome. */
  void observe(Observation.Outcome outcome, double pi, double chance, Instant now) {
    Arm arm = outcome.subject().arm();
    if (wrong != null) {
      wrong.observe(pi, arm, outcome.loss() >= 0.5, chance);
    }
    if (loss != null) {
      loss.observe(pi, arm, outcome.loss());
    }
    look(now);
  }

  /** The same of a comparison. */
  void observe(Observation.Comparison comparison, Instant now) {
    if (disagreement != null && disagreementLimit != null) {
      disagreement.observe(disagreementLimit.isBroken(comparison));
    }
    look(now);
  }

  private void look(Instant now) {
    for (Detector detector : all) {
      detector.look(now);
    }
  }

  void beginStep() {
    all.forEach(Detector::beginStep);
  }

  boolean areEnough() {
    return all.stream().anyMatch(Detector::isEnough);
  }

  boolean areDoubtful() {
    return all.stream().anyMatch(Detector::isDoubtful);
  }

  List<Evidence> evidence() {
    return all.stream().map(Detector::evidence).toList();
  }

  Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    all.forEach(detector -> saved.put(detector.name(), detector.save()));
    return saved;
  }

  void load(JsonNode saved) {
    all.forEach(detector -> detector.load(saved.get(detector.name())));
  }
}
