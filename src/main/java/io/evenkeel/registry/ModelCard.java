package io.evenkeel.registry;

import io.evenkeel.contract.Mistake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people should know about a version before they use it, and what of it is still to be
 * written. Immutable.
 *
 * @param content the members of {@code card.yaml} as JSON values, in their order; empty where there
 *     is no readable card
 * @param missing the members that are still to be written: needed ones that are absent or empty,
 *     then all with a placeholder
 * @param mistakes what to mend, as {@code evenkeel check} says it
 */
public record ModelCard(
    Map<String, @Nullable Object> content, List<String> missing, List<Mistake> mistakes) {
  public ModelCard {
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    missing = List.copyOf(missing);
    mistakes = List.copyOf(mistakes);
  }

  /** Whether nothing is to be mended. */
  public boolean isComplete() {
    return mistakes.isEmpty();
  }
}
