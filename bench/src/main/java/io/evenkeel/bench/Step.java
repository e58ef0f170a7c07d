package io.evenkeel.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time with one arrival rate. A plan is a list of them, run without a gap: {@code
 * 5000x10,50000x30,5000x5}.
 */
record Step(double perSecond, double seconds) {
  Step {
    if (!(perSecond > 0 && perSecond <= 1e6)) {
      throw new IllegalArgumentException("a rate is above 0 and at most 1000000, not " + perSecond);
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new IllegalArgumentException("a step lasts up to 3600 seconds, not " + seconds);
    }
  }

  static List<Step> parse(String plan) {
    List<Step> steps = new ArrayList<>();
    for (String step : plan.split(",", -1)) {
      String[] parts = step.split("x", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("a step is RATExSECONDS, not " + step);
      }
      steps.add(new Step(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
    }
    return List.copyOf(steps);
  }
}
