package io.evenkeel.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.internal.Leases;
import io.evenkeel.inference.internal.NativeRuntime;
import io.evenkeel.inference.internal.NumberBlock;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A loaded graph. It owns the native session and all its runners, and frees them when it is closed
 * and the last lease is back: to close the native session during a run would kill the process.
 *
 * <p>Thread-safe. Several runners run at once on the one native session.
 */
public final class ModelSession implements AutoCloseable {
  /** What the rows of one batch may take in native memory; larger buckets are left out. */
  private static final long MOST_BATCH_BYTES = 64L << 20;

  /**
   * How long a thread of the pool spins for more work before it sleeps. Measured with two threads
   * and runs of 4 to 40 ms with 5 ms between them: the library's own setting burns 5 ms of CPU
   * beside a run, 1 ms of spinning 1.4 ms, this one 0.3 ms, all at the same speed; without spinning
   * a run takes up to a tenth longer.
   */
  private static final String SPIN_MICROS = "100";

  private final OrtSession session;
  private final SessionOptions options;
  private final GraphSignature signature;
  private final List<Integer> buckets;
  private final Set<Runner> runners = ConcurrentHashMap.newKeySet();
  private final Leases leases = new Leases(this::free);
  private volatile boolean freed;

  private ModelSession(
      OrtSession session, SessionOptions options, GraphSignature signature, List<Integer> buckets) {
    this.session = session;
    this.options = options;
    this.signature = signature;
    this.buckets = buckets;
  }

  /**
   * Loads a graph, with the external data beside it. Takes as long as the graph is large.
   *
   * @throws UnusableModelException if the file is damaged or the graph takes what can't be served;
   *     the mistakes name the file, not its folder
   */
  public static ModelSession open(Path graph, SessionSettings settings) {
    return open(graph, settings, List.of());
  }

  /**
   * The same for a graph with operators that libraries bring. What is in a library runs with the
   * rights of this process as soon as it is loaded.
   */
  public static ModelSession open(Path graph, SessionSettings settings, List<Path> libraries) {
    String file = String.valueOf(graph.getFileName());
    SessionOptions options = new SessionOptions();
    OrtSession session = null;
    try {
      configure(options, settings);
      for (Path library : libraries) {
        options.registerCustomOpLibrary(library.toString());
      }
      session = NativeRuntime.ENVIRONMENT.createSession(graph.toString(), options);
      Mistakes mistakes = new Mistakes();
      GraphSignature signature = GraphSignature.read(session, file, mistakes);
      mistakes.throwIfAny();
      return new ModelSession(session, options, signature, buckets(signature, settings));
    } catch (OrtException failure) {
      free(session, options);
      throw new UnusableModelException(
          file,
          0,
          "the graph can't be loaded: " + NativeRuntime.loadFailure(failure, graph),
          "copy or export the graph again, with operators that ONNX Runtime "
              + NativeRuntime.ENVIRONMENT.getVersion()
              + " knows");
    } catch (RuntimeException failure) {
      free(session, options);
      throw failure;
    }
  }

  private static void configure(SessionOptions options, SessionSettings settings)
      throws OrtException {
    options.setIntraOpNumThreads(settings.intraOpThreads());
    options.setInterOpNumThreads(1);
    if (settings.intraOpThreads() > 1) {
      // The library accepts any key and any text, so a misspelt one would do nothing, silently.
      options.addConfigEntry("session.intra_op.spin_duration_us", SPIN_MICROS);
    }
  }

  private static List<Integer> buckets(GraphSignature signature, SessionSettings settings) {
    if (signature.fixedBatch() > 0) {
      return List.of(signature.fixedBatch());
    }
    long rowBytes = signature.inputs().stream().mapToLong(ModelSession::rowBytes).sum();
    int smallest = settings.buckets().getFirst();
    return settings.buckets().stream()
        .filter(rows -> rows == smallest || rows * rowBytes <= MOST_BATCH_BYTES)
        .toList();
  }

  private static long rowBytes(InputTensor input) {
    return input.type() == ElementType.STRING
        ? 0
        : (long) input.elements() * NumberBlock.bytesOf(input.type());
  }

  /** The graph's inputs; {@link Runner#put} takes rows of exactly these, in this order. */
  public List<InputTensor> inputs() {
    return signature.inputs();
  }

  public List<OutputTensor> outputs() {
    return signature.outputs();
  }

  /**
   * The batch sizes that are run, ascending: those of the settings that fit the graph. A graph with
   * a fixed batch dimension has only that one.
   */
  public List<Integer> buckets() {
    return buckets;
  }

  /** Keeps the session from being freed; null once it is closing. */
  public @Nullable Lease tryLease() {
    return leases.tryAcquire() ? new Lease(leases) : null;
  }

  /**
   * Allocates the buffers of one executor slot.
   *
   * @param reader compiled from this session's {@link #outputs}
   * @throws IllegalStateException if the session is closing
   */
  public Runner newRunner(OutputReader reader) {
    if (!leases.tryAcquire()) {
      throw new IllegalStateException("the session is closed");
    }
    try {
      Runner runner = new Runner(this, reader);
      runners.add(runner);
      return runner;
    } finally {
      leases.release();
    }
  }

  OrtSession session() {
    return session;
  }

  /** Keeps the session from being freed under a run; also of those who leased it before. */
  void enter() {
    if (!leases.tryJoin()) {
      throw new IllegalStateException("the session is closed");
    }
  }

  void leave() {
    leases.release();
  }

  void forget(Runner runner) {
    runners.remove(runner);
  }

  /**
   * Refuses new leases from now on. The native session is freed when the last lease is back: before
   * this returns if there is none, else on the thread that gives it back. Harmless when repeated.
   */
  @Override
  public void close() {
    leases.close();
  }

  private void free() {
    runners.forEach(Runner::close);
    free(session, options);
    freed = true;
  }

  /** Whether it was closed and the last lease has come back. */
  public boolean isFreed() {
    return freed;
  }

  // The options last: they must outlive the session.
  private static void free(@Nullable OrtSession session, SessionOptions options) {
    try (options) {
      if (session != null) {
        session.close();
      }
    } catch (OrtException failure) {
      throw new IllegalStateException(NativeRuntime.runFailure(failure));
    }
  }
}
