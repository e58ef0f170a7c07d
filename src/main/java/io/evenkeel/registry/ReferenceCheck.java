package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the training data looked like and holds it against a contract. Who knows the form of
 * {@code reference.json} stands above this package, and is handed in.
 */
@FunctionalInterface
public interface ReferenceCheck {
  /**
   * Looks at the file's content.
   *
   * @param contract null where the contract can't be used
   * @return what was seen, for people
   * @throws io.evenkeel.contract.UnusableModelException with everything that is wrong with it
   */
  String check(byte[] content, @Nullable Contract contract);
}
