package io.evenkeel.serving;

import io.evenkeel.admission.Shed;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.inference.Lease;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.Routing;
import io.evenkeel.routing.Target;
import io.evenkeel.serving.PredictionOutcome.Item;
import io.evenkeel.serving.PredictionOutcome.Missed;
import io.evenkeel.serving.PredictionService.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers where the version that was asked can't, in the ways its contract allows, in their order.
 * A way that has no answer is passed over; where none has, the ending stays as it was. A version
 * that stands in isn't stood in for in its turn, so there are no loops. Thread-safe.
 */
final class Degrader {
  private final Router router;
  private final VersionWalk walk;
  private final AnswerCaches caches;

  Degrader(Router router, VersionWalk walk, AnswerCaches caches) {
    this.router = router;
    this.walk = walk;
    this.caches = caches;
  }

  /**
   * The version that was asked, how it ended, and for whom.
   *
   * @param flags what its rows weren't held to
   */
  private record Need(Routing.Routed to, Missed missed, RuleFlags flags, Call call) {
    Degraded by(Degradation way) {
      return new Degraded(way.mode(), missed, contract());
    }

    Contract contract() {
      return to.servable().contract();
    }

    /** What its rows keep, which by now may not be what a row has to keep. */
    Contract kept() {
      return contract().relaxed(flags);
    }
  }

  /** The ending of a request for one prediction, or the answer in its place. */
  PredictionOutcome one(PredictionOutcome ending, Routing.Routed to, Row row, Call call) {
    if (!(ending instanceof Missed missed)) {
      return ending;
    }
    Need need = new Need(to, missed, row.flags(), call);
    PredictionOutcome instead =
        inOrder(need, other -> walk.one(other, row, call), way -> served(need, row, way));
    return instead == null ? ending : instead;
  }

  /**
   * The first answer that there is; null if there is none.
   *
   * @param through asks another version
   * @param without answers without asking any
   */
  private @Nullable PredictionOutcome inOrder(
      Need need,
      Function<Routing.Routed, PredictionOutcome> through,
      Function<Degradation, @Nullable PredictionOutcome> without) {
    for (Degradation way : need.to().servable().contract().degradation()) {
      PredictionOutcome instead =
          way instanceof Degradation.Fallback fallback
              ? standIn(fallback, need, through)
              : without.apply(way);
      if (instead != null) {
        return instead;
      }
    }
    return isCircuitOpen(need.missed()) ? byRoute(need, through) : null;
  }

  private static boolean isCircuitOpen(Missed missed) {
    return missed instanceof PredictionOutcome.Shed shed
        && shed.shed().reason() == Shed.Reason.CIRCUIT_OPEN;
  }

  /** What the version answers that the model's route names as fallback; null where it can't. */
  private @Nullable PredictionOutcome byRoute(
      Need need, Function<Routing.Routed, PredictionOutcome> through) {
    ModelVersion asked = need.to().version();
    String fallback = router.routes().of(asked.model()).fallback();
    return fallback == null || fallback.equals(asked.version())
        ? null
        : standIn(new Degradation.Fallback(fallback), need, through);
  }

  private @Nullable PredictionOutcome served(Need need, Row row, Degradation way) {
    Prediction found = find(need.to(), row, way);
    return found == null
        ? null
        : new PredictionOutcome.Served(
            need.to().version(),
            need.contract(),
            need.to().revision(),
            found,
            row.warnings(),
            need.by(way),
            row.outlier());
  }

  /** What there is for a row without asking any version. */
  private @Nullable Prediction find(Routing.Routed to, Row row, Degradation way) {
    return switch (way) {
      case Degradation.Cache ignored -> caches.find(to, row);
      case Degradation.Fallback ignored -> null;
      case Degradation.Default stated -> Prediction.stated(stated);
    };
  }

  /**
   * The same for a batch: as a whole if the model answered none of it, else for each row on which
   * it failed.
   */
  PredictionOutcome many(PredictionOutcome ending, Routing.Routed to, List<Row> rows, Call call) {
    Missed missed = missed(ending, to);
    if (missed == null) {
      return ending instanceof PredictionOutcome.ServedBatch batch && batch.holds(Item.Broken.class)
          ? mended(batch, to, rows)
          : ending;
    }
    Need need = new Need(to, missed, rows.getFirst().flags(), call);
    PredictionOutcome instead =
        inOrder(need, other -> walk.many(other, rows, call), way -> servedWhole(need, rows, way));
    return instead == null ? ending : instead;
  }

  /** How a batch ended of which the model answered nothing; null where it answered some. */
  private static @Nullable Missed missed(PredictionOutcome ending, Routing.Routed to) {
    if (ending instanceof PredictionOutcome.ServedBatch batch) {
      boolean failed = batch.holds(Item.Broken.class) && !batch.holds(Item.Answered.class);
      return failed ? new PredictionOutcome.Failed(to.version()) : null;
    }
    return ending instanceof Missed missed ? missed : null;
  }

  /** An answer for each row; null where there is none for one of them. */
  private @Nullable PredictionOutcome servedWhole(Need need, List<Row> rows, Degradation way) {
    Degraded degraded = need.by(way);
    List<Item> items = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Prediction found = row.isValid() ? find(need.to(), row, way) : null;
      if (found == null && row.isValid()) {
        return null;
      }
      items.add(
          found == null
              ? Item.Refused.of(row)
              : new Item.Answered(found, row.warnings(), degraded, row.outlier()));
    }
    return new PredictionOutcome.ServedBatch(
        need.to().version(), need.contract(), need.to().revision(), items, degraded);
  }

  /** The rows on which the model failed, by the ways that need no other version. */
  private PredictionOutcome mended(
      PredictionOutcome.ServedBatch batch, Routing.Routed to, List<Row> rows) {
    Missed missed = new PredictionOutcome.Failed(to.version());
    List<Item> items = new ArrayList<>(batch.items());
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Broken broken) {
        items.set(i, mended(broken, missed, to, rows.get(i)));
      }
    }
    return new PredictionOutcome.ServedBatch(
        batch.version(), batch.contract(), batch.revision(), items, null);
  }

  private Item mended(Item.Broken broken, Missed missed, Routing.Routed to, Row row) {
    Contract contract = to.servable().contract();
    for (Degradation way : contract.degradation()) {
      Prediction found = find(to, row, way);
      if (found != null) {
        return new Item.Answered(
            found, row.warnings(), new Degraded(way.mode(), missed, contract), row.outlier());
      }
    }
    return broken;
  }

  /** What another version answers; null where it can't, or there is no time left to ask it. */
  private @Nullable PredictionOutcome standIn(
      Degradation.Fallback fallback,
      Need need,
      Function<Routing.Routed, PredictionOutcome> through) {
    Target target = new Target(need.to().version().model(), fallback.version());
    if (need.call().deadline().hasPassed()
        || !(router.route(target) instanceof Routing.Routed other)
        || !other.servable().contractInForce().readsRowsAs(need.kept())) {
      return null;
    }
    try (Lease lease = other.servable().tryLease()) {
      return lease == null ? null : marked(through.apply(other), need, need.by(fallback));
    }
  }

  private static @Nullable PredictionOutcome marked(
      PredictionOutcome ending, Need need, Degraded degraded) {
    return switch (ending) {
      case PredictionOutcome.Served served -> served.marked(degraded);
      case PredictionOutcome.ServedBatch served ->
          served.holds(Item.Answered.class) ? served.marked(degraded) : null;
      case PredictionOutcome.Abandoned ignored ->
          new PredictionOutcome.Abandoned(need.to().version());
      case Missed ignored -> null;
      case PredictionOutcome.Invalid ignored -> null;
      case PredictionOutcome.Unroutable ignored -> null;
      case PredictionOutcome.Unrecorded ignored -> null;
    };
  }
}
