package io.evenkeel.serving.shadow;

import io.evenkeel.contract.Contract;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import io.evenkeel.routing.Shadowing;
import org.jspecify.annotations.Nullable;

/**
 * Two versions that are compared, as they are loaded: a version that is loaded anew has another
 * contract object, and begins anew.
 *
 * @param shadowing by which they met
 * @param stable the version that answers
 * @param stableContract its contract
 * @param candidate the shadow; null where there is no such version any more
 * @param candidateContract its contract; null where it isn't ready
 */
record Pairing(
    Shadowing shadowing,
    ModelVersion stable,
    Contract stableContract,
    @Nullable ModelVersion candidate,
    @Nullable Contract candidateContract) {
  static Pairing of(
      Shadowing shadowing,
      ModelVersion stable,
      Contract stableContract,
      @Nullable ModelVersion candidate) {
    Servable servable = candidate == null ? null : candidate.servable();
    return new Pairing(
        shadowing,
        stable,
        stableContract,
        candidate,
        servable == null ? null : servable.contract());
  }

  /** Whether what was counted before belongs to it too. A candidate may have gone meanwhile. */
  @SuppressWarnings("ReferenceEquality") // equal contracts may be of two loads
  boolean continues(Pairing before) {
    return shadowing.continues(before.shadowing)
        && stable == before.stable
        && stableContract == before.stableContract
        && (candidateContract == null || candidateContract == before.candidateContract);
  }
}
