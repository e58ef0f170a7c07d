package io.evenkeel.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A test with the evidence it needs. Once that was reached it stays reached: the stated rate is for
 * evidence that is ever enough, and nobody might look at that very moment. Not thread-safe.
 */
final class Detector {
  private final String name;
  private final SequentialTest test;
  private final double needed;
  private final double logNeeded;
  private @Nullable Instant since;

  Detector(String name, SequentialTest test, double needed) {
    this.name = name;
    this.test = test;
    this.needed = needed;
    this.logNeeded = Math.log(needed);
  }

  /** Looks whether the evidence is enough. */
  void look(Instant now) {
    if (since == null && test.mayReach(logNeeded) && test.logEvidence() >= logNeeded) {
      since = now;
    }
  }

  void beginStep() {
    test.beginStep();
  }

  Evidence evidence() {
    return new Evidence(name, test.counted(), test.words(), test.logEvidence(), needed, since);
  }

  String name() {
    return name;
  }

  Map<String, @Nullable Object> save() {
    Map<String, @Nullable Object> saved = new LinkedHashMap<>();
    saved.put("since", since == null ? null : since.toString());
    saved.put("test", test.save());
    return saved;
  }

  void load(JsonNode saved) {
    JsonNode when = saved.get("since");
    since = when.isNull() ? null : Instant.parse(when.stringValue());
    test.load(saved.get("test"));
  }
}
