package io.evenkeel.monitoring;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found about one version's rows, over the last hour, the last day, and the day before
 * that hour. The present five minutes count as whole.
 *
 * @param rows how many rows were read
 * @param findings those of the last 25 hours: what has jumped first, then by kind, then the most
 *     frequent
 * @param untracked how often something was found for which there was no room; 0 unless a contract
 *     is very large
 */
public record ValidationReport(Counts rows, List<Ranked> findings, long untracked) {
  public ValidationReport {
    findings = List.copyOf(findings);
  }

  /** Numbers of rows. */
  public record Counts(long lastHour, long lastDay, long dayBefore) {}

  /**
   * A finding in its place.
   *
   * @param rows how many rows have it
   * @param z how far its share of the last hour is above that of the day before, in standard errors
   * @param jumped whether that is more than chance, see {@link RateJump}
   * @param examples the last few, the newest first
   */
  public record Ranked(
      Finding finding, Counts rows, double z, boolean jumped, List<Example> examples) {
    public Ranked {
      examples = List.copyOf(examples);
    }
  }

  /**
   * One row that has it.
   *
   * @param pointer a JSON Pointer into the request's body
   * @param expected what would have been right, or what a warning said
   * @param received what came, shortened; null where nothing came, for a sensitive feature, and for
   *     a warning
   */
  public record Example(Instant at, String pointer, String expected, @Nullable String received) {}
}
