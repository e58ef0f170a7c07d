package io.evenkeel.inference.internal;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.RunOptions;

/**
 * Ends one run of a series early, and only that one. Runs are numbered from 0; a request to end a
 * run names its number, so that one which comes late can't hit the next run. The native flag is
 * sticky, so it is taken back between two runs.
 *
 * <p>Thread-safe. Owns its {@link RunOptions}, the same for all runs.
 */
public final class Termination implements AutoCloseable {
  private final RunOptions options;
  private long current;
  private boolean requested;
  private boolean closed;

  public Termination() throws OrtException {
    options = new RunOptions();
    // A failed run is reported by its exception. The library's own log line would go to stderr
    // and quote values.
    options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }

  public RunOptions options() {
    return options;
  }

  /** The number of the run in progress, or between runs of the next. */
  public synchronized long current() {
    return current;
  }

  /** Ends that run, which may be in progress or still to start; without effect once it is over. */
  public synchronized void terminate(long run) throws OrtException {
    if (run == current && !closed) {
      requested = true;
      options.setTerminate(true);
    }
  }

  /** Says that the current run is over, and whether its termination had been asked for. */
  public synchronized boolean finish() throws OrtException {
    boolean was = requested;
    current++;
    requested = false;
    if (was) {
      options.setTerminate(false);
    }
    return was;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      options.close();
    }
  }
}
