package io.evenkeel.serving;

import io.evenkeel.admission.Claim;
import io.evenkeel.admission.Endpoint;
import io.evenkeel.admission.Permit;
import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Row;
import io.evenkeel.preprocess.Preprocessor;
import io.evenkeel.preprocess.RowKey;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.RowResult;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.PredictionOutcome.Item;
import io.evenkeel.serving.PredictionService.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the walk that leads through one version: preprocess, enter its lane, run. Where the
 * contract has a cache, it is filled here, and requests for the same row go together. The caller
 * holds a lease. Thread-safe.
 */
final class VersionWalk {
  private static final Logger LOG = LoggerFactory.getLogger(VersionWalk.class);

  private final AnswerCaches caches;

  VersionWalk(AnswerCaches caches) {
    this.caches = caches;
  }

  /** What is to be run, and for whom. */
  private record Work(Routing.Routed to, Claim claim, TensorRows block, Call call) {
    static Work of(Routing.Routed to, Endpoint endpoint, TensorRows block, Call call) {
      Claim claim = new Claim(endpoint, call.priority(), block.rows(), call.deadline());
      return new Work(to, claim, block, call);
    }
  }

  /** Walks with one row that keeps the version's contract. */
  PredictionOutcome one(Routing.Routed to, Row row, Call call) {
    Preprocessor preprocessor = to.servable().preprocessor();
    TensorRows block = preprocessor.newBlock(1);
    preprocessor.write(row, block, 0);
    call.stopwatch().lap(Step.PREPROCESS);
    Work work = Work.of(to, Endpoint.SINGLE, block, call);
    AnswerCache cache = caches.of(to);
    return cache == null
        ? runInLane(work, results -> served(to, row, results.getFirst()))
        : goTogether(work, row, cache);
  }

  private static PredictionOutcome goTogether(Work work, Row row, AnswerCache cache) {
    RowKey key = RowKey.of(work.block(), 0);
    return switch (cache.flights().board(key, work.claim())) {
      case Flights.Leader leader -> {
        try (leader) {
          yield runInLane(
              work,
              results -> {
                keep(work.block(), results, cache);
                leader.land(results.getFirst());
                return served(work.to(), row, results.getFirst());
              });
        }
      }
      case Flights.Follower follower -> {
        RowResult found = follower.await(work.claim().deadline());
        work.call().stopwatch().lap(Step.QUEUE);
        yield found != null ? served(work.to(), row, found) : goAlone(work, row, cache);
      }
    };
  }

  private static PredictionOutcome goAlone(Work work, Row row, AnswerCache cache) {
    if (work.claim().deadline().hasPassed()) {
      return new PredictionOutcome.Expired(work.to().version());
    }
    return runInLane(
        work,
        results -> {
          keep(work.block(), results, cache);
          return served(work.to(), row, results.getFirst());
        });
  }

  private static PredictionOutcome served(Routing.Routed to, Row row, RowResult result) {
    return switch (result) {
      case RowResult.Answered answered ->
          new PredictionOutcome.Served(
              to.version(),
              to.servable().contract(),
              to.revision(),
              answered.prediction(),
              row.warnings(),
              null,
              row.outlier());
      case RowResult.Failed failed -> {
        LOG.error("Model {} failed: {}", to.version(), failed.cause().getMessage());
        yield new PredictionOutcome.Failed(to.version());
      }
    };
  }

  /** Walks with those rows of a batch that keep the version's contract. */
  PredictionOutcome many(Routing.Routed to, List<Row> rows, Call call) {
    List<Row> valid = rows.stream().filter(Row::isValid).toList();
    Preprocessor preprocessor = to.servable().preprocessor();
    TensorRows block = preprocessor.newBlock(valid.size());
    for (int i = 0; i < valid.size(); i++) {
      preprocessor.write(valid.get(i), block, i);
    }
    call.stopwatch().lap(Step.PREPROCESS);
    if (valid.isEmpty()) {
      return servedBatch(to, rows, List.of());
    }
    AnswerCache cache = caches.of(to);
    return runInLane(
        Work.of(to, Endpoint.BATCH, block, call),
        results -> {
          keep(block, results, cache);
          return servedBatch(to, rows, results);
        });
  }

  private static PredictionOutcome servedBatch(
      Routing.Routed to, List<Row> rows, List<RowResult> results) {
    List<Item> items = new ArrayList<>(rows.size());
    int next = 0;
    for (Row row : rows) {
      items.add(row.isValid() ? item(row, results.get(next++)) : Item.Refused.of(row));
    }
    return new PredictionOutcome.ServedBatch(
        to.version(), to.servable().contract(), to.revision(), items, null);
  }

  private static Item item(Row row, RowResult result) {
    return switch (result) {
      case RowResult.Answered answered ->
          new Item.Answered(answered.prediction(), row.warnings(), null, row.outlier());
      case RowResult.Failed failed -> {
        LOG.error("A row of a batch failed: {}", failed.cause().getMessage());
        yield new Item.Broken();
      }
    };
  }

  private static void keep(TensorRows block, List<RowResult> results, @Nullable AnswerCache cache) {
    if (cache == null) {
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof RowResult.Answered answered) {
        cache.put(RowKey.of(block, i), answered.prediction());
      }
    }
  }

  /** Takes the rows through the lane, or says what stood in the way. */
  private static PredictionOutcome runInLane(
      Work work, Function<List<RowResult>, PredictionOutcome> ending) {
    Servable servable = work.to().servable();
    Call call = work.call();
    return switch (servable.lane().tryEnter(work.claim())) {
      case Shed shed -> {
        call.stopwatch().lap(Step.QUEUE);
        yield PredictionOutcome.Shed.by(work.to().version(), shed);
      }
      case Permit permit -> {
        try (permit) {
          Servable.Passage passage =
              servable.run(permit, work.block(), call.client(), call.trace());
          call.stopwatch().lap(Step.QUEUE, passage.waitedNanos());
          call.stopwatch().lap(Step.RUN);
          yield switch (passage.ending()) {
            case RAN -> ending.apply(passage.results());
            case EXPIRED -> new PredictionOutcome.Expired(work.to().version());
            case ABANDONED -> new PredictionOutcome.Abandoned(work.to().version());
            case BROKEN -> new PredictionOutcome.Failed(work.to().version());
          };
        }
      }
    };
  }
}
