package io.evenkeel.registry;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a version's loading makes of an incomplete model card. */
public enum CardPolicy {
  /** Nothing. */
  OFF,
  /** It is told in the log. */
  WARN,
  /** The version isn't served. */
  REQUIRE;

  private static final Logger LOG = LoggerFactory.getLogger(CardPolicy.class);

  /**
   * Stops a version whose card can't be read or, where that is required, isn't complete.
   *
   * @throws UnusableModelException with what to mend
   */
  void check(ModelFolder folder) {
    CardCheck.requireReadable(folder);
    ModelCard card = this == REQUIRE ? CardCheck.read(folder) : null;
    if (card != null && !card.isComplete()) {
      throw new UnusableModelException(card.mistakes());
    }
  }

  /**
   * Tells of what is missing from the card of a version that is served all the same. Reads the card
   * even where nothing is told: later the folder may hold another version's content.
   */
  void remind(ModelVersion version) {
    ModelCard card = version.card();
    if (this == WARN && !card.isComplete()) {
      LOG.warn(
          "Model {} is served with an incomplete model card: {}. `evenkeel check` says how to mend"
              + " it",
          version,
          card.mistakes().stream().map(Mistake::cause).collect(Collectors.joining("; ")));
    }
  }
}
