package io.evenkeel.api;

import io.evenkeel.routing.Requester;
import io.evenkeel.security.KnownCaller;
import io.evenkeel.serving.Stopwatch;
import io.evenkeel.serving.spi.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request and its answer on their way through the servlet. Used by one thread. */
final class Exchange implements Requester {
  /** The key under which each log line of a request carries its id. */
  static final String REQUEST_ID_IN_LOGS = "requestId";

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Stopwatch stopwatch;
  private final String id;
  private final @Nullable RequestTrace trace;
  private String requestId;

  Exchange(
      HttpServletRequest request, HttpServletResponse response, Stopwatch stopwatch, String id) {
    this(request, response, stopwatch, id, null);
  }

  private Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Stopwatch stopwatch,
      String id,
      @Nullable RequestTrace trace) {
    this.request = request;
    this.response = response;
    this.stopwatch = stopwatch;
    this.id = id;
    this.requestId = id;
    this.trace = trace;
  }

  /**
   * An exchange that has just begun.
   *
   * @param trace null where it isn't traced
   */
  static Exchange begin(
      HttpServletRequest request, HttpServletResponse response, @Nullable RequestTrace trace) {
    long arrival = ConnectionValve.of(request).arrivalNanos();
    Stopwatch stopwatch = trace == null ? new Stopwatch(arrival) : Stopwatch.keepingLaps(arrival);
    return new Exchange(request, response, stopwatch, Ids.next(), trace);
  }

  /** Its trace; null where it isn't traced. */
  @Nullable RequestTrace trace() {
    return trace;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  /** The id of this answer: ours, and so unique. */
  String id() {
    return id;
  }

  /** The id of the request: the caller's, else the answer's own. */
  String requestId() {
    return requestId;
  }

  /** Where nobody has to prove who it is: the key it brings for all its requests. */
  @Override
  public @Nullable String caller() {
    KnownCaller known = ConnectionValve.caller(request);
    return known == null ? RequestHeaders.routingKey(request) : known.name();
  }

  @Override
  public String routingKey() {
    String key = RequestHeaders.routingKey(request);
    return key == null ? requestId : key;
  }

  @Override
  public String answerId() {
    return id;
  }

  void useRequestId(String callersId) {
    requestId = callersId;
  }
}
