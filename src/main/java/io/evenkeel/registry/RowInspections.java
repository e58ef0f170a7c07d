package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowInspection;
import org.jspecify.annotations.Nullable;

/**
 * Makes what looks at a version's rows. Who knows the form of {@code reference.json} stands above
 * this package, and is handed in.
 */
@FunctionalInterface
public interface RowInspections {
  /** Nobody looks. */
  RowInspections NONE = (version, reference, contract) -> null;

  /**
   * What looks at the rows of a version. Doesn't fail: a reference that can't be used stops no
   * version.
   *
   * @param version model and version, for people
   * @param reference the content of its {@code reference.json}
   * @param contract that its rows are read by
   * @return null where nobody looks
   */
  @Nullable RowInspection of(String version, byte[] reference, Contract contract);
}
