package io.evenkeel.routing;

import io.evenkeel.contract.compatibility.Bump;
import io.evenkeel.contract.compatibility.Change;
import io.evenkeel.contract.compatibility.Compatibility;
import io.evenkeel.registry.ModelVersion;
import java.util.List;

/**
 * Why requests that name no version don't go to a version: its contract breaks its predecessor's
 * clients, and doesn't say so.
 *
 * @param version the refused one
 * @param predecessor whose clients it breaks
 * @param compatibility of the two contracts
 */
record Refusal(ModelVersion version, ModelVersion predecessor, Compatibility compatibility) {
  private static final int SHOWN = 3;

  /** What is wrong, in words that follow on the version's name. */
  String cause() {
    List<Change> breaking = compatibility.breaking();
    StringBuilder cause =
        new StringBuilder("breaks clients of version `")
            .append(predecessor.version())
            .append("` (");
    for (int i = 0; i < Math.min(SHOWN, breaking.size()); i++) {
      cause.append(i == 0 ? "" : "; ").append(breaking.get(i));
    }
    if (breaking.size() > SHOWN) {
      cause.append("; and ").append(breaking.size() - SHOWN).append(" more");
    }
    return cause
        .append("), but its `schemaVersion` went from ")
        .append(compatibility.oldVersion())
        .append(" to ")
        .append(compatibility.newVersion())
        .append(" only")
        .toString();
  }

  /** What to do about it. */
  String mend() {
    return "keep the contract compatible, make `schemaVersion` "
        + Bump.MAJOR.after(compatibility.oldVersion())
        + ", or say `acceptBreaking: true` for the model in "
        + RoutesFile.NAME;
  }

  @Override
  public String toString() {
    return version + " " + cause() + "; " + mend();
  }
}
