package io.evenkeel.api;

import io.evenkeel.contract.Disclosure;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import org.jspecify.annotations.Nullable;

/**
 * Of how many rows a group has to be for a report to show it. What doesn't hold is left out, and
 * reports say so. Immutable.
 *
 * @param least by the contract; 1 where it sets no bound
 */
record GroupSize(int least) {
  /** Of a version that isn't served the contract isn't known any more: it may have had a bound. */
  static GroupSize of(@Nullable ModelVersion version) {
    Servable servable = version == null ? null : version.servable();
    return new GroupSize(
        servable == null
            ? Disclosure.USUAL_GROUP
            : servable.contract().disclosure().minimumGroup());
  }

  /** Whether any group may be too small. */
  boolean isBound() {
    return least > 1;
  }

  /** Whether a number of rows may be told; that there are none may be. */
  boolean shows(long rows) {
    return rows == 0 || rows >= least;
  }

  /** Whether a share of some rows may be told: neither who has it nor who hasn't are too few. */
  boolean showsShare(double share, long rows) {
    long having = Math.round(share * rows);
    return shows(having) && shows(rows - having);
  }
}
