package io.evenkeel.serving.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a request in logs and traces: no value of a feature, and nothing that a
 * caller has sent but the id of its request.
 *
 * @param id of the answer, ours
 * @param requestId the caller's id of the request, else ours
 * @param endpoint which kind of request it was; null where that isn't known
 * @param route where it went; null where its rows couldn't be read, or it was routed nowhere
 */
public record RequestSummary(
    String id,
    String requestId,
    @Nullable String endpoint,
    @Nullable Route route,
    Ending ending,
    Counts counts) {
  /**
   * How it came to its version.
   *
   * @param version that was asked
   * @param answeredBy the version whose answer it got; null where it got none
   * @param role why to this one
   * @param revision of the routes
   */
  public record Route(
      String model, String version, @Nullable String answeredBy, String role, long revision) {}

  /**
   * What became of it.
   *
   * @param outcome the word for it, as in metrics; {@code refused} for one that couldn't be
   *     understood, {@code defect} where a mistake of ours ended it
   * @param reason why it got no answer of the version that was asked, as answers say it: a kind of
   *     problem, or why a lane refused; null where nothing stood in the way
   * @param degraded where the answer comes from instead; null where the version that was asked
   *     computed it
   * @param status of HTTP
   * @param nanos from its arrival to its written answer
   */
  public record Ending(
      String outcome, @Nullable String reason, @Nullable String degraded, int status, long nanos) {
    private static final int SERVER_ERROR = 500;

    /** Whether the service owes an answer. */
    public boolean isFailure() {
      return isFailure(status);
    }

    /** The same of a status. */
    public static boolean isFailure(int status) {
      return status >= SERVER_ERROR;
    }
  }

  /**
   * How much there was of what.
   *
   * @param rows that were read
   * @param steps the time in each step
   */
  public record Counts(int rows, int violations, int warnings, List<StepTime> steps) {
    public Counts {
      steps = List.copyOf(steps);
    }
  }

  /** The time in one step. */
  public record StepTime(String step, long nanos) {}
}
