package io.evenkeel.api;

import io.evenkeel.control.Author;
import io.evenkeel.control.rollouts.RolloutConflictException;
import io.evenkeel.control.rollouts.RolloutControl;
import io.evenkeel.rollout.RolloutPlan;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rollouts as JSON values, and what operators do with them. Thread-safe. */
final class AdminRollouts {
  private final RolloutControl rollouts;

  AdminRollouts(RolloutControl rollouts) {
    this.rollouts = rollouts;
  }

  Object all(String model) {
    return Map.of("rollouts", rollouts.reports(model));
  }

  Object start(String model, AdminBody body) {
    String canary = body.requireText("version", "name the version that is to be rolled out");
    RolloutPlan plan =
        RolloutPlan.parse(
            "plan", body.requireObject("plan", "docs/rollouts.md says what it holds"));
    Author author = body.author();
    return within(() -> rollouts.start(model, canary, plan, author));
  }

  Object step(String model, String step, AdminBody body) {
    Author author = body.author();
    return within(() ->
        switch (step) {
          case "pause" -> rollouts.pause(model, author);
          case "resume" -> rollouts.resume(model, author);
          default -> rollouts.abort(model, author);
        });
  }

  private static Map<String, @Nullable Object> within(
      Supplier<Map<String, @Nullable Object>> change) {
    try {
      return change.get();
    } catch (RolloutConflictException e) {
      throw new RefusedRequest(ProblemKind.CONFLICT, String.valueOf(e.getMessage()));
    }
  }
}
