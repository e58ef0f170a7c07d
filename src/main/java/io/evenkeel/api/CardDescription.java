package io.evenkeel.api;

import io.evenkeel.registry.ModelCard;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version's model card as JSON values: the document, and what a version's metadata says of it.
 */
final class CardDescription {
  private CardDescription() {}

  /** Where the card of the version that answers for a model is. */
  static String urlOf(String model) {
    return "/v1/models/" + model + "/card";
  }

  /** Where a version's own card is. */
  static String urlOf(ModelVersion version) {
    return "/v1/models/" + version.model() + "/versions/" + version.version() + "/card";
  }

  /** Whether the card is complete, what is missing, and where it is. */
  static Map<String, Object> summary(ModelCard card, String url) {
    Map<String, Object> summary = new LinkedHashMap<>();
    putCompleteness(card, summary);
    summary.put("url", url);
    return summary;
  }

  /** The card with what it is of, and with what is known of the version's predictions. */
  static Map<String, @Nullable Object> document(ModelVersion version, @Nullable LiveSection live) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("model", version.model());
    document.put("version", version.version());
    document.put("state", version.state().name().toLowerCase(Locale.ROOT));
    Servable servable = version.servable();
    if (servable != null) {
      document.put("contract", servable.contract().fingerprint());
    }
    Notice notice = version.notice();
    if (notice != null) {
      document.put("deprecated", ContractDescription.deprecation(notice.deprecation()));
    }
    ModelCard card = version.card();
    putCompleteness(card, document);
    if (!card.isComplete()) {
      document.put("mistakes", card.mistakes());
    }
    document.put("card", card.content());
    if (live != null) {
      document.put("live", live.members());
    }
    return document;
  }

  private static void putCompleteness(ModelCard card, Map<String, ? super Object> described) {
    described.put("complete", card.isComplete());
    if (!card.isComplete()) {
      described.put("missing", card.missing());
    }
  }
}
