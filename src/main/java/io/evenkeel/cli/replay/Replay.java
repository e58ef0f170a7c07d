package io.evenkeel.cli.replay;

import io.evenkeel.contract.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends recorded rows through a candidate, in blocks, and through the live version if there is one.
 * For one replay, by one thread.
 */
public final class Replay implements AutoCloseable {
  /** Rows that are run together. */
  static final int BLOCK = 256;

  private static final int MOST_COMPLAINTS = 10;

  private final JsonMapper json;
  private final Side candidate;
  private final @Nullable Side live;
  private final Limits limits;
  private final Comparison comparison;
  private final FindingTally refusals = new FindingTally();
  private final List<ReplayReport.Complaint> complaints = new ArrayList<>();
  private long rows;
  private long unreadable;
  private long both;
  private long onlyLive;
  private long onlyCandidate;
  private long neither;
  private boolean recorded;

  /** Told how far the replay is. */
  public interface Progress {
    /**
     * @param share of the file, from 0 to 1
     * @param rows that were read
     */
    void at(double share, long rows);
  }

  private Replay(JsonMapper json, Side candidate, @Nullable Side live, Limits limits) {
    this.json = json;
    this.candidate = candidate;
    this.live = live;
    this.limits = limits;
    this.comparison = new Comparison(candidate, live);
  }

  /**
   * Opens the versions.
   *
   * @param against the live version's folder; null for recorded predictions, or none
   * @throws io.evenkeel.contract.UnusableModelException if a folder can't be used
   * @throws UnusableDataException if the versions' predictions can't be compared
   */
  public static Replay open(
      Path candidate, @Nullable Path against, Limits limits, JsonMapper json) {
    Side first = Side.candidate(candidate, json);
    try {
      Side second = against == null ? null : Side.live(against, json, first);
      return new Replay(json, first, second, limits);
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  /**
   * Replays a file.
   *
   * @param outcome the member or column with what really happened
   * @throws UnusableDataException if a CSV's header doesn't serve
   */
  public ReplayReport run(Path data, String outcome, Progress progress) throws IOException {
    long start = System.nanoTime();
    LineReader reader = new LineReader(json, outcome);
    List<String> passedOver = List.of();
    try (DataLines lines = DataLines.open(data, candidate.contract(), outcome)) {
      passedOver = lines.passedOver();
      List<Case> block = new ArrayList<>();
      for (DataLine line = lines.next(); line != null; line = lines.next()) {
        read(line, reader).ifPresent(block::add);
        if (block.size() == BLOCK) {
          walk(block);
          block.clear();
          progress.at(lines.progress(), rows);
        }
      }
      walk(block);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String name = String.valueOf(data.getFileName());
    return report(
        new ReplayReport.Data(
            name, rows, unreadable, List.copyOf(complaints), passedOver, seconds));
  }

  /**
   * A line that was read.
   *
   * @param other the instance as the live version reads it; null without one
   */
  private record Case(
      long line,
      Row row,
      @Nullable Row other,
      @Nullable JsonNode prediction,
      @Nullable JsonNode happened) {}

  private Optional<Case> read(DataLine line, LineReader reader) {
    return switch (line) {
      case DataLine.Unreadable bad -> {
        complain(bad.number(), bad.cause());
        yield Optional.empty();
      }
      case DataLine.Body body -> {
        try {
          yield Optional.of(read(body, reader));
        } catch (LineReader.UnreadableException e) {
          complain(body.number(), e.getMessage());
          yield Optional.empty();
        }
      }
    };
  }

  private void complain(long line, @Nullable String cause) {
    unreadable++;
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(new ReplayReport.Complaint(line, String.valueOf(cause)));
    }
  }

  private Case read(DataLine.Body body, LineReader reader) throws LineReader.UnreadableException {
    long start = System.nanoTime();
    LineReader.Content content = reader.read(body.json(), candidate.bench().reader());
    candidate.latency().read(System.nanoTime() - start);
    Row other = null;
    if (live != null) {
      long before = System.nanoTime();
      other = reader.read(body.json(), live.bench().reader()).row();
      live.latency().read(System.nanoTime() - before);
    }
    rows++;
    return new Case(body.number(), content.row(), other, content.prediction(), content.outcome());
  }

  private void walk(List<Case> block) {
    Passage ours = candidate.run(block.stream().map(Case::row).toList());
    Passage theirs =
        live == null
            ? null
            : live.run(block.stream().map(found -> Objects.requireNonNull(found.other())).toList());
    for (int i = 0; i < block.size(); i++) {
      Case found = block.get(i);
      candidate.note(found.line(), found.row());
      Answer answer = candidate.answer(ours, i, found.happened());
      if (live != null && theirs != null && found.other() != null) {
        live.note(found.line(), found.other());
        Answer before = live.answer(theirs, i, found.happened());
        comparison.addColumns(ours, theirs, i);
        if (answer != null && before != null) {
          comparison.add(found.row(), answer, found.other(), before);
        }
        count(found, answer != null, before != null);
      } else if (found.prediction() != null) {
        recorded = true;
        if (answer != null) {
          comparison.add(found.row(), answer, candidate.form().read(found.prediction()));
        }
        count(found, answer != null, true);
      }
    }
  }

  private void count(Case found, boolean answered, boolean answeredBefore) {
    if (answered && answeredBefore) {
      both++;
    } else if (answered) {
      onlyCandidate++;
    } else if (answeredBefore) {
      onlyLive++;
      refusals.addViolations(found.line(), found.row());
    } else {
      neither++;
    }
  }

  private ReplayReport report(ReplayReport.Data data) {
    List<Double> edges = outputEdges();
    ReplayReport.Version ours = candidate.report(edges);
    ReplayReport.Acceptance acceptance =
        live == null && !recorded
            ? null
            : new ReplayReport.Acceptance(
                both, onlyLive, onlyCandidate, neither, refusals.findings());
    ReplayReport.Differences differences = comparison.report();
    return new ReplayReport(
        data,
        ours,
        live == null ? null : live.report(edges),
        baseline(),
        acceptance,
        differences,
        limits.judge(ours, acceptance, differences));
  }

  private ReplayReport.Baseline baseline() {
    if (live != null) {
      return ReplayReport.Baseline.LIVE;
    }
    return recorded ? ReplayReport.Baseline.RECORDED : ReplayReport.Baseline.NONE;
  }

  private List<Double> outputEdges() {
    if (candidate.form().kind() == AnswerForm.Kind.PROBABILITIES) {
      return Histograms.edges(0, 1);
    }
    double low = candidate.outputs().main().least();
    double high = candidate.outputs().main().greatest();
    if (live != null && !live.outputs().main().isEmpty()) {
      low = Math.min(low, live.outputs().main().least());
      high = Math.max(high, live.outputs().main().greatest());
    }
    return Histograms.edges(low, high);
  }

  /** Frees the native memory of the versions. */
  @Override
  public void close() {
    candidate.close();
    if (live != null) {
      live.close();
    }
  }
}
