package io.evenkeel.api;

import io.evenkeel.RunningServer;
import io.evenkeel.admission.Admission;
import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Priority;
import io.evenkeel.contract.Row;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Requester;
import io.evenkeel.routing.Target;
import io.evenkeel.serving.Conclusion;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionRequest;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.Stopwatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The steps of a single prediction, each with what the step before it returned. For one thread. */
@State(Scope.Benchmark)
public class Walk {
  private static final Duration BUDGET = Duration.ofMinutes(1);

  private final RunningServer server = new RunningServer();
  private final PredictionService service = server.part(PredictionService.class);
  private final EnvelopeReader reader = server.part(EnvelopeReader.class);
  private final JsonBodies bodies = server.part(JsonBodies.class);
  private final Servable servable = breastCancer();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream(4096);
  private final ByteArrayInputStream body = new ByteArrayInputStream(RunningServer.body());
  private final PredictionRequest request = parse();
  private final TensorRows block = preprocess();
  private final PredictionOutcome.Served served = predict();

  private Servable breastCancer() {
    ModelVersion version = server.part(ModelRegistry.class).find("breast-cancer", "1");
    return Objects.requireNonNull(Objects.requireNonNull(version).servable(), "it is ready");
  }

  final PredictionRequest parse() {
    body.reset();
    return reader.readSingle(body, servable.reader());
  }

  /** What was parsed, for the validation. */
  public final PredictionRequest request() {
    return request;
  }

  /** The row of it. */
  public final Row row() {
    return Objects.requireNonNull(request.instance(), "the body has an instance");
  }

  final TensorRows preprocess() {
    Row row = row();
    TensorRows rows = servable.preprocessor().newBlock(1);
    servable.preprocessor().write(row, rows, 0);
    return rows;
  }

  final Servable.Passage run() {
    Deadline deadline = Deadline.after(BUDGET, System.nanoTime());
    Admission admission =
        servable.lane().tryEnter(new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, deadline));
    try (Permit permit = (Permit) admission) {
      return servable.run(permit, block, null);
    }
  }

  final int write() throws IOException {
    return write(served);
  }

  private int write(PredictionOutcome.Served outcome) throws IOException {
    answer.reset();
    bodies.write(json -> AnswerWriter.writeServed(json, Ids.next(), outcome), length -> answer);
    return answer.size();
  }

  final PredictionOutcome.Served predict() {
    body.reset();
    long now = System.nanoTime();
    PredictionService.Call call =
        new PredictionService.Call(
            Deadline.after(BUDGET, now),
            Priority.NORMAL,
            null,
            Requester.NOBODY,
            new Stopwatch(now));
    Conclusion conclusion =
        service.predict(Target.DEFAULT, rows -> reader.readSingle(body, rows), call);
    if (conclusion.outcome() instanceof PredictionOutcome.Served answered) {
      return answered;
    }
    throw new IllegalStateException("not served: " + conclusion.outcome());
  }

  /** From bytes to bytes. */
  final int whole() throws IOException {
    return write(predict());
  }

  @TearDown
  public final void close() {
    server.close();
  }
}
