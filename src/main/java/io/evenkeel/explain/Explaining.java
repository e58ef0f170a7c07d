package io.evenkeel.explain;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Deadline;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.contract.Row;
import io.evenkeel.explain.ExplainOutcome.Explained;
import io.evenkeel.explain.ExplainOutcome.Unanswered;
import io.evenkeel.explain.Explanation.Attribution;
import io.evenkeel.inference.Prediction;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome;
import io.evenkeel.serving.PredictionService;
import io.evenkeel.serving.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through a version: portions of permutations go through the lane as batches
 * do, until there are enough of them, or the time or the lane's room runs out. For one thread; the
 * caller holds a lease.
 */
final class Explaining {
  private static final Logger LOG = LoggerFactory.getLogger(Explaining.class);
  private static final String NOT_FINITE = "an output that was to be explained isn't finite";

  /** How many elements of tensors one portion has at most, so that it takes little memory. */
  private static final int MOST_ELEMENTS = 1 << 22;

  /** One part in this many of the time is kept for the answer. */
  private static final int ANSWER_PART = 10;

  private final Routing.Routed to;
  private final Basis.Known basis;
  private final ExplainRequest request;
  private final PredictionService.Call call;
  private final LaneRun.Lane lane;
  private final Preprocessor preprocessor;
  private final int rowsAtOnce;

  /** Before the call's own deadline, so that what is known by then is still answered in time. */
  private final Deadline runsUntil;

  Explaining(
      Routing.Routed to, Basis.Known basis, ExplainRequest request, PredictionService.Call call) {
    this.to = to;
    this.basis = basis;
    this.request = request;
    this.call = call;
    this.lane = new LaneRun.Lane(to.version(), to.servable(), call.client());
    this.preprocessor = to.servable().preprocessor();
    long now = System.nanoTime();
    this.runsUntil =
        new Deadline(now + call.deadline().nanosLeft(now) / ANSWER_PART * (ANSWER_PART - 1));
    int elements = preprocessor.inputs().stream().mapToInt(InputTensor::elements).sum();
    this.rowsAtOnce = Math.max(1, MOST_ELEMENTS / Math.max(1, elements));
  }

  /** Explains the prediction for a row that keeps the contract. */
  ExplainOutcome of(Row row) {
    TensorRows pair = preprocessor.newBlock(2);
    preprocessor.write(basis.baseline(), pair, 0);
    preprocessor.write(row, pair, 1);
    call.stopwatch().lap(Step.PREPROCESS);
    ExplainOutcome outcome =
        switch (lane.run(pair, claim(2))) {
          case LaneRun.Ended ended -> unanswered(ended);
          case LaneRun.Ran ran -> between(row, pair, ran.predictions());
        };
    call.stopwatch().lap(Step.RUN);
    return outcome;
  }

  private Claim claim(int rows) {
    return new Claim(Endpoint.BATCH, call.priority(), rows, runsUntil);
  }

  private ExplainOutcome between(Row row, TensorRows pair, List<Prediction> ends) {
    Prediction ofBaseline = ends.get(0);
    Prediction ofRow = ends.get(1);
    Aim aim = Aim.of(ofRow);
    double from = aim == null ? Double.NaN : aim.value(ofBaseline);
    if (aim == null || !Double.isFinite(from)) {
      return unanswered(lane.failed(NOT_FINITE));
    }
    long seed = request.seed() == null ? RowKey.of(pair, 1).hashCode() : request.seed();
    ShapleySampling sampling =
        new ShapleySampling(preprocessor.differing(pair), from, aim.value(ofRow), seed);
    LaneRun.Ended cut = sample(sampling, pair, aim);
    if (cut != null && (sampling.pairs() == 0 || !isCut(cut.outcome()))) {
      return unanswered(cut);
    }
    return new Explained(
        new Explanation(
            to.version(),
            basis.contract(),
            new Explanation.Pair(row, basis.baseline(), ofRow, ofBaseline, aim.value(ofRow), from),
            attributions(sampling),
            new Explanation.Sampling(
                2 * sampling.pairs(), seed, sampling.pairs() < request.pairs()),
            row.warnings()));
  }

  /** Runs permutations. Returns what ended it before there were enough; null if nothing did. */
  private LaneRun.@Nullable Ended sample(ShapleySampling sampling, TensorRows pair, Aim aim) {
    Pace pace = new Pace(runsUntil, sampling.rowsOfPair());
    while (sampling.pairs() < request.pairs()) {
      long start = System.nanoTime();
      int count = pace.next(request.pairs() - sampling.pairs(), start);
      if (count == 0) {
        return null;
      }
      List<BitSet> coalitions = sampling.draw(count);
      double[] values = new double[coalitions.size()];
      for (int from = 0; from < values.length; from += rowsAtOnce) {
        int rows = Math.min(rowsAtOnce, values.length - from);
        switch (lane.run(mixed(pair, coalitions.subList(from, from + rows)), claim(rows))) {
          case LaneRun.Ended ended -> {
            return ended;
          }
          case LaneRun.Ran ran -> {
            for (int i = 0; i < rows; i++) {
              values[from + i] = aim.value(ran.predictions().get(i));
              if (!Double.isFinite(values[from + i])) {
                return lane.failed(NOT_FINITE);
              }
            }
          }
        }
      }
      sampling.take(values);
      pace.ran(count, System.nanoTime() - start);
    }
    return null;
  }

  private Unanswered unanswered(LaneRun.Ended ended) {
    if (ended.cause() != null) {
      LOG.error("Model {} failed while it was explained: {}", to.version(), ended.cause());
    }
    return new Unanswered(ended.outcome());
  }

  private TensorRows mixed(TensorRows pair, List<BitSet> coalitions) {
    TensorRows block = preprocessor.newBlock(coalitions.size());
    for (int i = 0; i < coalitions.size(); i++) {
      preprocessor.mix(pair, coalitions.get(i), block, i);
    }
    return block;
  }

  /** Whether time or room ran out, so that what is known by then is good for an answer. */
  private static boolean isCut(PredictionOutcome outcome) {
    return outcome instanceof PredictionOutcome.Expired
        || outcome instanceof PredictionOutcome.Shed;
  }

  private List<Attribution> attributions(ShapleySampling sampling) {
    int features = basis.contract().features().size();
    double[] attributions = sampling.attributions(features);
    double[] errors = sampling.standardErrors(features);
    List<Attribution> sorted = new ArrayList<>(features);
    for (int i = 0; i < features; i++) {
      sorted.add(new Attribution(i, attributions[i], errors[i]));
    }
    sorted.sort(Comparator.comparingDouble(one -> -Math.abs(one.attribution())));
    return sorted;
  }
}
