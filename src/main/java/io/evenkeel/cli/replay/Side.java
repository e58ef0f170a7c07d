package io.evenkeel.cli.replay;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.ModelFolder;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One version that rows walk through, with what is counted of it. For one thread. */
final class Side implements AutoCloseable {
  private final ModelFolder folder;
  private final Workbench bench;
  private final Optional<Reference> reference;
  private final AnswerForm form;
  private final FindingTally violations = new FindingTally();
  private final FindingTally warnings = new FindingTally();
  private final OutputTally outputs;
  private final QualityTally quality;
  private final LatencyTally latency = new LatencyTally();
  private long accepted;
  private long refused;
  private long failed;
  private @Nullable String failure;

  private Side(Path path, Workbench bench, AnswerForm form) {
    this.folder = ModelFolder.of(path);
    this.bench = bench;
    this.reference = Reference.find(path);
    this.form = form;
    this.outputs = new OutputTally(form);
    this.quality = QualityTally.of(form);
  }

  static Side candidate(Path path, JsonMapper json) {
    Workbench bench = Workbench.open(path, json);
    return new Side(path, bench, AnswerForm.of(bench.contract().outputs()));
  }

  /**
   * Opens the version that a candidate is held against; its answers are read in the candidate's
   * form.
   *
   * @throws UnusableDataException if their predictions aren't of one kind
   */
  static Side live(Path path, JsonMapper json, Side candidate) {
    Workbench bench = Workbench.open(path, json);
    AnswerForm.Kind kind = AnswerForm.of(bench.contract().outputs()).kind();
    if (kind != candidate.form.kind()) {
      bench.close();
      throw new UnusableDataException(
          "one version predicts classes, the other something else; they can't be compared");
    }
    return new Side(path, bench, candidate.form);
  }

  Workbench bench() {
    return bench;
  }

  Contract contract() {
    return bench.contract();
  }

  Optional<Reference> reference() {
    return reference;
  }

  AnswerForm form() {
    return form;
  }

  LatencyTally latency() {
    return latency;
  }

  OutputTally outputs() {
    return outputs;
  }

  /** Takes note of a row that was read. */
  void note(long line, Row row) {
    if (row.isValid()) {
      accepted++;
      warnings.addWarnings(line, row);
    } else {
      refused++;
      violations.addViolations(line, row);
    }
  }

  /**
   * Preprocesses and runs the valid ones of some rows.
   *
   * @param rows null where the contract refuses it
   */
  Passage run(List<Row> rows) {
    int[] positions = new int[rows.size()];
    int valid = 0;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = rows.get(i).isValid() ? valid++ : -1;
    }
    TensorRows tensors = bench.preprocessor().newBlock(valid);
    if (valid == 0) {
      return new Passage(positions, tensors, List.of());
    }
    long start = System.nanoTime();
    Row last = rows.getFirst();
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] >= 0) {
        last = rows.get(i);
        bench.preprocessor().write(last, tensors, positions[i]);
      }
    }
    long prepared = System.nanoTime();
    List<RowResult> results = bench.run(tensors);
    long end = System.nanoTime();
    latency.preprocess(prepared - start, valid);
    latency.run(end - prepared, valid);
    timeAlone(last);
    return new Passage(positions, tensors, results);
  }

  /** One row of each block runs once more, alone, as a single request would. */
  private void timeAlone(Row row) {
    TensorRows single = bench.preprocessor().newBlock(1);
    bench.preprocessor().write(row, single, 0);
    long start = System.nanoTime();
    List<RowResult> result = bench.run(single);
    if (result.getFirst() instanceof RowResult.Answered) {
      latency.runAlone(System.nanoTime() - start);
    }
  }

  /** The answer to a row; null where it was refused, or the model failed. */
  @Nullable Answer answer(Passage passage, int row, @Nullable JsonNode happened) {
    return switch (passage.result(row)) {
      case RowResult.Answered answered -> {
        Answer answer = form.read(answered.prediction());
        outputs.add(answer);
        if (happened != null) {
          quality.add(answer, happened);
        }
        yield answer;
      }
      case RowResult.Failed found -> {
        failed++;
        if (failure == null) {
          failure = found.cause().getMessage();
        }
        yield null;
      }
      case null -> null;
    };
  }

  long accepted() {
    return accepted;
  }

  long failed() {
    return failed;
  }

  ReplayReport.@Nullable Quality quality() {
    return quality.report();
  }

  /**
   * What came of it.
   *
   * @param edges of the histogram of outputs, the same for both versions
   */
  ReplayReport.Version report(List<Double> edges) {
    return new ReplayReport.Version(
        folder.model(),
        folder.version(),
        contract().fingerprint(),
        accepted,
        refused,
        failed,
        failure,
        violations.findings(),
        warnings.findings(),
        outputs.labels(),
        outputs.distribution(edges),
        quality(),
        latency.report());
  }

  @Override
  public void close() {
    bench.close();
  }
}
