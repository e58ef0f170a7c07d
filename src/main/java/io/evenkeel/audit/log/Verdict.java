package io.evenkeel.audit.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying has said of a log.
 *
 * @param log its id; empty where there is none
 * @param first the number of its first record that is there; 0 where there is none
 * @param last that of its last one
 * @param records how many there are
 * @param segments in how many files
 * @param sealed the last record that a checkpoint covers; what comes after could be cut off
 *     unnoticed
 * @param anchor the last checkpoint as {@code NUMBER:HASH}; null where there is none. Who keeps it
 *     elsewhere can have the log held against it
 * @param findings in the order of the log
 */
public record Verdict(
    String log,
    long first,
    long last,
    long records,
    int segments,
    long sealed,
    @Nullable String anchor,
    List<Finding> findings) {
  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Whether all is as it was written, as far as that can be told. */
  public boolean isWhole() {
    return findings.isEmpty();
  }
}
