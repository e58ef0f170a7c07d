package io.evenkeel.admission;

import java.util.Locale;

/** The two ways to ask for predictions; each has its own bulkhead, budget and limits. */
public enum Endpoint {
  SINGLE,
  BATCH;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in metrics. */
  public String label() {
    return label;
  }
}
