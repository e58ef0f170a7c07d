package io.evenkeel.api;

import io.evenkeel.admission.Client;
import io.evenkeel.security.KnownCaller;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.MessageBytes;
import org.jspecify.annotations.Nullable;

/**
 * The connection a request came by. It is asked by one thread at a time, and only while the
 * request's own thread doesn't read.
 */
final class Connection implements Client {
  private final Request request;
  private final long arrivalNanos;
  private @Nullable KnownCaller caller;

  /** For the thread that has read the request's head. */
  Connection(Request request) {
    this.request = request;
    this.arrivalNanos = Arrivals.takeArrivalNanos(request.getStartTimeNanos());
  }

  /** When the request's first bytes were seen to be there, by {@link System#nanoTime}. */
  long arrivalNanos() {
    return arrivalNanos;
  }

  /** Who calls; null where nobody has to say. */
  @Nullable KnownCaller caller() {
    return caller;
  }

  /** For the request's own thread. */
  void setCaller(KnownCaller known) {
    this.caller = known;
  }

  /** Whether the body is said to be JSON and nothing more. Asked of the bytes: it makes no text. */
  boolean sendsPlainJson() {
    MessageBytes type = request.contentType();
    return type != null && type.equals(RequestHeaders.JSON);
  }

  /** Sets a header of the answer, past the servlet API, which takes texts only. */
  void setHeader(AnswerHeader header, CharSequence value) {
    header.set(request.getResponse().getMimeHeaders(), value);
  }

  /** Names a header whose value Tomcat sets as soon as it writes the answer's head. */
  void nameHeader(AnswerHeader header) {
    header.name(request.getResponse().getMimeHeaders());
  }

  /** Whether the caller has hung up, as far as the server's own way to read bodies says so. */
  @Override
  public boolean isGone() {
    return request.getInputBuffer() instanceof BooleanSupplier hungUp && hungUp.getAsBoolean();
  }

  /** Somebody else may have the place at work of the request's thread. */
  @Override
  public void stepAside() {
    Arrivals.stepAside();
  }

  /** Whoever has arrived comes first. */
  @Override
  public void giveWay() {
    Arrivals.giveWay();
  }
}
