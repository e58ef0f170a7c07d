package io.evenkeel.routing;

import io.evenkeel.contract.compatibility.Compatibility;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.ModelVersion.State;
import io.evenkeel.registry.Servable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version may follow the one before it as the one that answers: not if it breaks that
 * one's clients without a major step of its {@code schemaVersion}, unless the route accepts that.
 * The one before it is the next lower version that is ready and isn't refused itself. Thread-safe;
 * contracts are compared once for each version.
 */
final class Succession {
  private final ModelRegistry registry;
  private final Routes routes;
  private final Map<ModelVersion, Verdict> verdicts = new ConcurrentHashMap<>();

  private record Verdict(@Nullable Refusal refusal) {
    static final Verdict ACCEPTED = new Verdict(null);
  }

  Succession(ModelRegistry registry, Routes routes) {
    this.registry = registry;
    this.routes = routes;
  }

  /** Why a version is refused; null where it isn't, or isn't ready. */
  @Nullable Refusal refusal(ModelVersion version) {
    Verdict known = verdicts.get(version);
    return known == null ? judge(version) : known.refusal();
  }

  private @Nullable Refusal judge(ModelVersion version) {
    Servable servable = version.servable();
    if (servable == null) {
      return null;
    }
    Verdict verdict =
        routes.of(version.model()).acceptBreaking() ? Verdict.ACCEPTED : judge(version, servable);
    if (isSettled(version)) {
      verdicts.put(version, verdict);
    }
    return verdict.refusal();
  }

  private Verdict judge(ModelVersion version, Servable servable) {
    for (ModelVersion lower : lower(version).reversed()) {
      Servable before = lower.servable();
      if (before != null && refusal(lower) == null) {
        Compatibility found = Compatibility.between(before.contract(), servable.contract());
        return found.breaksUnannounced()
            ? new Verdict(new Refusal(version, lower, found))
            : Verdict.ACCEPTED;
      }
    }
    return Verdict.ACCEPTED;
  }

  /** Whether no version can become the one before this one any more. */
  private boolean isSettled(ModelVersion version) {
    return lower(version).stream()
        .noneMatch(lower -> lower.state() == State.LOADING || lower.state() == State.WARMING);
  }

  /** The lower versions of the same model, the next one last. */
  private List<ModelVersion> lower(ModelVersion version) {
    List<ModelVersion> all = registry.findVersions(version.model());
    // One that has been replaced isn't among them any more.
    return all == null ? List.of() : all.subList(0, Math.max(0, all.indexOf(version)));
  }
}
