package io.evenkeel.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import io.evenkeel.inference.internal.NativeRuntime;
import io.evenkeel.inference.internal.OutputValues;
import io.evenkeel.inference.internal.Termination;
import io.evenkeel.preprocess.TensorRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The buffers of one executor slot, and the runs made with them: rows are put in, run together, and
 * read out one by one.
 *
 * <pre>{@code
 * runner.put(0, rows, 0);
 * runner.run(1);
 * Prediction answer = runner.prediction(0);
 * }</pre>
 *
 * <p>Used by one thread at a time, with a safe hand-over between threads; only {@link #terminate}
 * may be called by any thread at any time. Owns native memory until it or its session is closed.
 * Each run keeps the session from being freed under it, even for a caller that forgot to lease it.
 */
public final class Runner implements AutoCloseable {
  private final ModelSession session;
  private final OutputReader reader;
  private final Buffers buffers;
  private final Termination termination;
  private final AtomicBoolean closed = new AtomicBoolean();

  private List<OutputValues> values = List.of();
  private int answered;

  Runner(ModelSession session, OutputReader reader) {
    this.session = session;
    this.reader = reader;
    try {
      buffers = new Buffers(session.inputs(), reader.requested(), session.buckets());
      termination = new Termination();
    } catch (OrtException failure) {
      throw new IllegalStateException("no buffers for a run: " + failure.getCode());
    }
  }

  /**
   * Copies one row in.
   *
   * @param slot where to, from 0 to the largest bucket - 1
   * @param rows a block of rows of the session's {@link ModelSession#inputs}
   * @param row which of its rows
   */
  public void put(int slot, TensorRows rows, int row) {
    buffers.put(slot, rows, row);
  }

  /**
   * Runs the rows in slots 0 to {@code count - 1}, padded to the smallest bucket with copies of the
   * last row, so that what earlier runs left behind takes no part. Rows stay in their slots.
   *
   * @throws InferenceException if the run fails or is terminated; then no row has an answer
   * @throws IllegalStateException if the runner is closed, or its session freed
   */
  public void run(int count) {
    answered = 0;
    session.enter();
    try {
      if (closed.get()) {
        throw new IllegalStateException("the runner is closed");
      }
      runNatively(buffers.padded(count));
      answered = count;
    } finally {
      session.leave();
    }
  }

  private void runNatively(Batch batch) {
    OrtException failure = null;
    boolean terminated;
    try {
      values = runAndRead(batch);
    } catch (OrtException e) {
      failure = e;
    } finally {
      terminated = finish();
    }
    if (failure != null) {
      throw terminated
          ? InferenceException.ofTerminatedRun()
          : new InferenceException(NativeRuntime.runFailure(failure));
    }
  }

  private List<OutputValues> runAndRead(Batch batch) throws OrtException {
    Map<String, OnnxTensor> texts = buffers.texts(batch.rows());
    Map<String, OnnxTensor> inputs = batch.inputs();
    if (!texts.isEmpty()) {
      inputs = new LinkedHashMap<>(inputs);
      inputs.putAll(texts);
    }
    try (Result result =
        session.session().run(inputs, buffers.unpinned(), batch.pinned(), termination.options())) {
      return buffers.values(result, batch.rows());
    } finally {
      texts.values().forEach(OnnxValue::close);
    }
  }

  private boolean finish() {
    try {
      return termination.finish();
    } catch (OrtException failure) {
      throw new IllegalStateException("a run can't be taken back: " + failure.getCode());
    }
  }

  /**
   * The answer for the row in a slot of the last run. Says the same until the next run.
   *
   * @throws InferenceException if this row has no usable answer; other rows may have one
   * @throws IndexOutOfBoundsException if the last run had no such row, or failed
   */
  public Prediction prediction(int slot) {
    return reader.read(values, Objects.checkIndex(slot, answered));
  }

  /**
   * The number by which {@link #terminate} knows the run that is in progress, or else the next one.
   * Asked before the run by the thread that is going to start it, and handed to whoever watches.
   */
  public long runNumber() {
    return termination.current();
  }

  /**
   * Ends a run early: at once if it hasn't started, at the next operator of the graph if it is in
   * progress. Without effect on any other run, and once this one is over. Any thread may call it.
   */
  public void terminate(long runNumber) {
    try {
      termination.terminate(runNumber);
    } catch (OrtException failure) {
      throw new IllegalStateException("a run can't be terminated: " + failure.getCode());
    }
  }

  /** Frees the buffers. Not during a run. Harmless when repeated. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      session.forget(this);
      termination.close();
      buffers.close();
    }
  }
}
