package io.evenkeel.api;

/**
 * Ends the reading of a request that can't be understood. A stack trace would say nothing about the
 * request and cost most of the refusal, so there is none.
 */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedRequest(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  RefusedRequest(ProblemKind kind, String detail) {
    this(Problem.of(kind, detail));
  }

  Problem problem() {
    return problem;
  }
}
