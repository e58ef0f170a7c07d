package io.evenkeel.api;

import java.util.Locale;

/**
 * The kinds of problems, each with its HTTP status. docs/errors.md lists them, and a test holds it
 * against this.
 */
public enum ProblemKind {
  MALFORMED_JSON(400, "The body is not valid JSON"),
  UNKNOWN_OPTION(400, "An option is not known"),
  BAD_HEADER(400, "A header has an unusable value"),
  UNAUTHENTICATED(401, "The caller doesn't prove who it is"),
  FORBIDDEN(403, "The caller may not do this"),
  EXPLANATION_WITHHELD(403, "The contract lets nothing be explained"),
  NO_SUCH_RESOURCE(404, "There is nothing at this path"),
  NO_SUCH_MODEL(404, "There is no such model"),
  NO_SUCH_VERSION(404, "The model has no such version"),
  NO_SUCH_PREDICTION(404, "No prediction is kept under this id"),
  METHOD_NOT_ALLOWED(405, "The path doesn't take this method"),
  NOT_ACCEPTABLE(406, "The answer has no form that the request accepts"),
  REQUEST_TIMEOUT(408, "The body came too slowly"),
  CONFLICT(409, "What is there at present doesn't allow it"),
  VERSION_SUNSET(410, "The version is not served any more"),
  STALE_REVISION(412, "Somebody else has changed the routes since"),
  BODY_TOO_LARGE(413, "The body is too large"),
  TOO_MANY_INSTANCES(413, "The batch has too many instances"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
  CONTRACT_VIOLATION(422, "The input breaks the model's contract"),
  UNUSABLE_CHANGE(422, "The change can't work"),
  UNUSABLE_FEEDBACK(422, "The feedback can't be used"),
  REVISION_REQUIRED(428, "The change doesn't say what it was made for"),
  QUOTA_EXCEEDED(429, "The caller asks for more than it may"),
  PRIVACY_BUDGET_SPENT(429, "The privacy budget is spent"),
  MODEL_FAILURE(500, "The model failed on this input"),
  INTERNAL(500, "Evenkeel failed"),
  AUDIT_UNAVAILABLE(503, "The answer can't be recorded"),
  CONTROL_UNAVAILABLE(503, "The control state can't be read or written"),
  IDENTITY_UNAVAILABLE(503, "Nobody can say at present who the caller is"),
  OVERLOADED(503, "The request was refused before any work was done"),
  DEADLINE_EXCEEDED(504, "The deadline passed before the answer was ready");

  private static final String TYPE_PREFIX = "urn:evenkeel:problem:";

  private final int status;
  private final String title;
  private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The kind's stable name, the last part of its type. */
  public String slug() {
    return slug;
  }

  /** The URI that identifies the kind. */
  public String type() {
    return TYPE_PREFIX + slug;
  }
}
