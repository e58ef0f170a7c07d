package io.evenkeel.control.remediation;

import io.evenkeel.control.Author;
import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.Revision;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.ModelRoute;
import io.evenkeel.routing.Router;
import io.evenkeel.routing.remediation.Decision;
import io.evenkeel.routing.remediation.Fallback;
import io.evenkeel.routing.remediation.Remediation;
import io.evenkeel.routing.remediation.RemediationPolicy;
import io.evenkeel.routing.remediation.RemediationState;
import io.evenkeel.routing.remediation.RemediationState.Phase;
import io.evenkeel.routing.remediation.Signal;
import io.evenkeel.routing.remediation.SignalSource;
import io.evenkeel.routing.remediation.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at the signals about each model that names a stable version, and does what {@link
 * Remediation} decides: tells people, diverts the model to its fallback, or returns. Its state is
 * kept with the control state, so that neither a cap nor a cool-down ends with the process. For one
 * thread at a time.
 */
public final class RemediationControl {
  private static final Logger LOG = LoggerFactory.getLogger(RemediationControl.class);
  private static final String WHO = "remediation";
  private static final String MARK = "remediation.";

  /** As often as the pages say. */
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final RouteControl control;
  private final Router router;
  private final List<SignalSource> sources;
  private final Remediation remediation;
  private final InstantSource clock;
  private final Map<String, RemediationState> states = new HashMap<>();
  private @Nullable Instant looked;

  public RemediationControl(
      RouteControl control,
      Router router,
      List<SignalSource> sources,
      RemediationPolicy policy,
      InstantSource clock) {
    this.control = control;
    this.router = router;
    this.sources = List.copyOf(sources);
    this.remediation = new Remediation(policy);
    this.clock = clock;
  }

  /** Looks, if the last look was long enough ago. */
  public void look() {
    Instant now = clock.instant();
    if (looked != null
        && now.isAfter(looked)
        && Duration.between(looked, now).compareTo(EVERY) < 0) {
      return;
    }
    looked = now;
    for (String model : new TreeSet<>(router.routes().models().keySet())) {
      String stable = router.routes().of(model).stable();
      if (stable != null) {
        look(situation(model, stable), now);
      }
    }
  }

  void look(Situation seen, Instant now) {
    String model = seen.model();
    RemediationState before = states.computeIfAbsent(model, this::restored);
    Remediation.Step step = remediation.look(before, now, seen);
    // A decision that can't be carried out is taken again at the next look.
    carryOut(model, step.decision());
    if (before.phase() == Phase.DIVERTED
        && step.state().phase() != Phase.DIVERTED
        && router.routes().of(model).diverted()) {
      returnTo(model, reason(step.decision()));
    }
    states.put(model, step.state());
    control.store().mark(MARK + model, step.state().toJson());
  }

  private RemediationState restored(String model) {
    String kept = control.store().mark(MARK + model);
    return kept == null ? RemediationState.of(model) : RemediationState.fromJson(kept);
  }

  private Situation situation(String model, String stable) {
    ModelRoute route = router.routes().of(model);
    List<Signal> signals =
        sources.stream().flatMap(source -> source.signals(model).stream()).toList();
    long rows = sources.stream().mapToLong(source -> source.rowsWatched(model, stable)).sum();
    return new Situation(
        model, stable, signals, fallback(model, stable, route, signals), route.pin(), rows);
  }

  private @Nullable Fallback fallback(
      String model, String stable, ModelRoute route, List<Signal> signals) {
    String version = route.fallback();
    if (version == null) {
      return null;
    }
    Servable itself = servable(model, version);
    Servable replaced = servable(model, stable);
    boolean takesItsRows =
        itself != null && (replaced == null || itself.contract().readsRowsAs(replaced.contract()));
    boolean alarmed = signals.stream().anyMatch(signal -> signal.version().equals(version));
    return new Fallback(version, takesItsRows, itself != null && !itself.circuitIsOpen(), alarmed);
  }

  private @Nullable Servable servable(String model, String version) {
    ModelVersion found = router.find(model, version);
    return found == null ? null : found.servable();
  }

  private void carryOut(String model, Decision decision) {
    switch (decision) {
      case Decision.Stay ignored -> {}
      case Decision.Inform inform ->
          tell(model, "drift-noticed", inform.reason(), inform.evidence());
      case Decision.Divert divert -> {
        Author author = new Author(WHO, divert.reason());
        Revision ignored =
            control.changeRoute(author, "diverted", model, route -> route.withDiverted(true));
        tell(model, "diverted-evidence", divert.reason(), divert.evidence());
      }
      case Decision.Return back -> returnTo(model, back.reason());
    }
  }

  private void returnTo(String model, String reason) {
    Author author = new Author(WHO, reason);
    Revision ignored =
        control.changeRoute(author, "returned", model, route -> route.withDiverted(false));
    LOG.info("Model {} returns from its fallback: {}", model, reason);
  }

  private static String reason(Decision decision) {
    return switch (decision) {
      case Decision.Stay stay -> stay.reason();
      case Decision.Inform inform -> inform.reason();
      case Decision.Divert divert -> divert.reason();
      case Decision.Return back -> back.reason();
    };
  }

  private void tell(String model, String action, String reason, List<Signal> evidence) {
    LOG.warn("Model {}: {}: {}; {}", model, action, reason, evidence);
    JournalEntry ignored =
        control
            .store()
            .journal(
                new JournalDraft(
                    WHO,
                    reason,
                    action,
                    model,
                    null,
                    JsonMapper.shared().writeValueAsString(Map.of("signals", evidence))));
  }
}
