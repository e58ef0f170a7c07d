package io.evenkeel.control.rollouts;

import io.evenkeel.control.Author;
import io.evenkeel.control.ControlStore;
import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RolloutState;
import io.evenkeel.control.RouteControl;
import io.evenkeel.control.StaleRolloutException;
import io.evenkeel.rollout.Decision;
import io.evenkeel.rollout.Limit;
import io.evenkeel.rollout.Rollout;
import io.evenkeel.rollout.RolloutPlan;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Share;
import io.evenkeel.routing.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries rollouts out: asks each what to do, changes the routes as it says, and keeps how far it
 * has come. At most one for each model. A change of the routes that comes from elsewhere and takes
 * the canary away ends its rollout.
 *
 * <p>Of several processes that share the control state one carries a rollout on; the others route
 * by it. If it is silent for {@link #SILENCE}, another takes over. Thread-safe.
 */
public final class RolloutControl {
  /** After which somebody else may carry on what an owner began. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RolloutControl.class);
  private static final Duration SAVED_EVERY = Duration.ofSeconds(5);
  private static final Author GUARD = new Author("rollout guard", "");
  private static final int MOST_SHOWN = 20;

  /** The share of stable's requests that the canary sees copies of, to be compared. */
  private static final Share COMPARED = Share.ofPercent(10);

  private final RouteControl control;
  private final InstantSource clock;
  private final String owner = "evenkeel-" + UUID.randomUUID();
  private final Map<String, LiveRollout> live = new ConcurrentHashMap<>();

  /** Told of each model and what was decided about its canary. */
  private final List<BiConsumer<String, String>> told = new CopyOnWriteArrayList<>();

  /** Whether the last owner's silence has to be waited for; not where nobody else can be there. */
  private final boolean shared;

  /**
   * @param shared whether other processes may carry rollouts on in the same control state
   */
  public RolloutControl(RouteControl control, InstantSource clock, boolean shared) {
    this.control = control;
    this.clock = clock;
    this.shared = shared;
  }

  /** Lets somebody know of each decision: the model, and the journal's word for the action. */
  void tellOfDecisions(BiConsumer<String, String> listener) {
    told.add(listener);
  }

  private void decided(LiveRollout one, String action) {
    told.forEach(listener -> listener.accept(one.model(), action));
  }

  /** The canary's part of a model's traffic, from 0 to 1, whoever has decided it. */
  double canaryShare(String model) {
    Split canary = control.routes().of(model).canary();
    return canary == null ? 0 : canary.share().fraction();
  }

  /** Whether a model's rollout, carried on by this process, waits for somebody. */
  boolean isPaused(String model) {
    LiveRollout one = live.get(model);
    return one != null && one.rollout().state() == Rollout.State.PAUSED;
  }

  /** The rollout that this process carries on; null where there is none. */
  @Nullable LiveRollout find(String model) {
    return live.get(model);
  }

  /** Whether this process carries any on. */
  boolean isIdle() {
    return live.isEmpty();
  }

  /**
   * Begins a rollout with its plan's first step.
   *
   * @return how it stands
   * @throws RolloutConflictException if there is one already, or the route isn't one for it
   * @throws io.evenkeel.contract.UnusableModelException if the canary can't be routed to
   */
  public synchronized Map<String, @Nullable Object> start(
      String model, String canary, RolloutPlan plan, Author author) {
    ModelRoute route = control.routes().of(model);
    String stable = route.stable();
    if (live.containsKey(model)) {
      throw new RolloutConflictException(
          "a rollout of `" + model + "` goes on already; abort it first");
    }
    if (stable == null || route.canary() != null) {
      throw new RolloutConflictException(
          stable == null
              ? "the route of `" + model + "` names no `stable` to compare with; name it first"
              : "the route of `" + model + "` has a canary already; take it away first");
    }
    if (stable.equals(canary)) {
      throw new RolloutConflictException("version `" + canary + "` is stable already");
    }
    Rollout rollout = new Rollout(plan, clock.instant());
    LiveRollout begun =
        new LiveRollout(UUID.randomUUID().toString(), model, stable, canary, rollout);
    Revision revision =
        control.changeRoute(author, "rollout-started", model, before -> begun(before, begun));
    begun.beginStep(revision.number());
    save(begun);
    live.put(model, begun);
    decided(begun, "rollout-started");
    LOG.info("Model {}: rollout of version {} begins", model, canary);
    return begun.report(clock.instant());
  }

  /** Where a limit on disagreement needs both versions' answers to the same rows. */
  private static ModelRoute begun(ModelRoute route, LiveRollout rollout) {
    boolean compares =
        rollout.rollout().plan().limits().stream().anyMatch(Limit.Disagreement.class::isInstance);
    ModelRoute stepped = stepped(route, rollout);
    return compares && route.shadow() == null
        ? stepped.withShadow(new Split(rollout.canary(), COMPARED))
        : stepped;
  }

  /** Without the canary, and without its shadow. */
  private static ModelRoute without(ModelRoute route, LiveRollout rollout) {
    Split shadow = route.shadow();
    ModelRoute rest = route.withCanary(null);
    return shadow != null && shadow.version().equals(rollout.canary())
        ? rest.withShadow(null)
        : rest;
  }

  private static ModelRoute stepped(ModelRoute route, LiveRollout rollout) {
    Share share = Share.ofPercent(rollout.rollout().share() * 100);
    return route.withCanary(new Split(rollout.canary(), share));
  }

  /**
   * Takes over what nobody carries on, and does what the rollouts want done. Called again and
   * again.
   */
  public synchronized void look() {
    takeOver();
    for (LiveRollout one : List.copyOf(live.values())) {
      look(one);
    }
  }

  private void takeOver() {
    Instant now = clock.instant();
    for (RolloutState kept : control.store().openRollouts()) {
      boolean isSilent = kept.heartbeat().plus(SILENCE).isBefore(now);
      if (!live.containsKey(kept.model()) && (!shared || isSilent)) {
        try {
          LiveRollout restored = LiveRollout.restore(kept);
          save(restored);
          live.put(kept.model(), restored);
          LOG.info("Model {}: the rollout of version {} goes on", kept.model(), restored.canary());
        } catch (StaleRolloutException e) {
          LOG.debug("Somebody else carries the rollout {} on", kept.id());
        }
      }
    }
  }

  private void look(LiveRollout one) {
    Rollout rollout = one.rollout();
    Instant now = clock.instant();
    if (!routeIsOurs(one)) {
      rollout.abort("the route was changed by revision " + control.revision());
      end(one, "rollout-superseded");
      return;
    }
    Decision decision = rollout.decide(now);
    switch (decision) {
      case Decision.Stay ignored -> saveNowAndThen(one, now);
      case Decision.Advance advance -> {
        rollout.take(advance, now);
        Revision revision = change(one, "rollout-advanced", route -> stepped(route, one));
        one.beginStep(revision.number());
        save(one);
        tell(one, "rollout-advanced", "the step is done");
      }
      case Decision.Promote promote -> {
        change(one, "rollout-promoted", route -> without(route, one).withStable(one.canary()));
        rollout.take(promote, now);
        end(one, "rollout-promoted");
      }
      case Decision.RollBack back -> {
        change(one, "rollout-rolled-back", route -> without(route, one));
        rollout.take(back, now);
        end(one, "rollout-rolled-back");
      }
      case Decision.Pause pause -> {
        rollout.take(pause, now);
        save(one);
        tell(one, "rollout-paused", pause.reason());
      }
    }
  }

  /** Nobody else has taken the canary away or given it another share. */
  private boolean routeIsOurs(LiveRollout one) {
    ModelRoute route = control.routes().of(one.model());
    Split canary = route.canary();
    return one.stable().equals(route.stable())
        && canary != null
        && canary.version().equals(one.canary())
        && canary.share().equals(Share.ofPercent(one.rollout().share() * 100));
  }

  private Revision change(LiveRollout one, String action, UnaryOperator<ModelRoute> edit) {
    Author author = new Author(GUARD.who(), reason(one));
    return control.changeRoute(author, action, one.model(), edit);
  }

  private String reason(LiveRollout one) {
    return one.rollout().report(clock.instant()).reason();
  }

  private void end(LiveRollout one, String action) {
    save(one);
    live.remove(one.model());
    tell(one, action, reason(one));
  }

  /** A decision is an event with its evidence. */
  private void tell(LiveRollout one, String action, String why) {
    decided(one, action);
    LOG.info("Model {}: {} of version {}: {}", one.model(), action, one.canary(), why);
    JournalEntry ignored =
        control
            .store()
            .journal(
                new JournalDraft(
                    GUARD.who(),
                    why,
                    action + "-evidence",
                    one.model(),
                    null,
                    JsonMapper.shared().writeValueAsString(one.report(clock.instant()))));
  }

  private void saveNowAndThen(LiveRollout one, Instant now) {
    Instant last = one.savedAt();
    if (last == null || !last.plus(SAVED_EVERY).isAfter(now)) {
      try {
        save(one);
      } catch (StaleRolloutException e) {
        // We were silent for so long that somebody else carries it on.
        live.remove(one.model());
      }
    }
  }

  private void save(LiveRollout one) {
    RolloutState state = one.toSave(owner, clock.instant());
    control.store().saveRollout(state);
    one.saved(state);
  }

  /** Keeps the share until it is resumed. */
  public synchronized Map<String, @Nullable Object> pause(String model, Author author) {
    LiveRollout one = require(model);
    act(() -> one.rollout().pause(author.why()));
    return settled(one, "rollout-paused", author);
  }

  /** Goes on with the step, whose time begins anew. */
  public synchronized Map<String, @Nullable Object> resume(String model, Author author) {
    LiveRollout one = require(model);
    act(() -> one.rollout().resume(clock.instant()));
    return settled(one, "rollout-resumed", author);
  }

  private Map<String, @Nullable Object> settled(LiveRollout one, String action, Author author) {
    save(one);
    decided(one, action);
    Map<String, @Nullable Object> report = one.report(clock.instant());
    JournalEntry ignored =
        control
            .store()
            .journal(
                new JournalDraft(
                    author.who(),
                    author.why(),
                    action,
                    one.model(),
                    null,
                    JsonMapper.shared().writeValueAsString(report)));
    return report;
  }

  /** Takes the canary away. */
  public synchronized Map<String, @Nullable Object> abort(String model, Author author) {
    LiveRollout one = require(model);
    Revision ignored =
        control.changeRoute(author, "rollout-aborted", model, route -> without(route, one));
    act(() -> one.rollout().abort(author.why()));
    Map<String, @Nullable Object> report = one.report(clock.instant());
    end(one, "rollout-aborted");
    return report;
  }

  private static void act(Runnable step) {
    try {
      step.run();
    } catch (IllegalStateException e) {
      throw new RolloutConflictException(String.valueOf(e.getMessage()));
    }
  }

  private LiveRollout require(String model) {
    LiveRollout one = live.get(model);
    if (one == null) {
      throw new RolloutConflictException("no rollout of `" + model + "` goes on here");
    }
    return one;
  }

  /** The rollouts of a model, the one that was begun last first. */
  public List<Map<String, @Nullable Object>> reports(String model) {
    ControlStore store = control.store();
    Instant now = clock.instant();
    List<Map<String, @Nullable Object>> reports = new ArrayList<>();
    for (RolloutState kept : store.rollouts(model, MOST_SHOWN)) {
      LiveRollout ours = live.get(model);
      LiveRollout shown =
          ours != null && ours.id().equals(kept.id()) ? ours : LiveRollout.restore(kept);
      reports.add(shown.report(now));
    }
    return reports;
  }
}
