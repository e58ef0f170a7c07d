package io.evenkeel.api;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Fairness;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.Rule;
import io.evenkeel.registry.ModelCard;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Notice;
import io.evenkeel.registry.Servable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model card as a page that needs no other file, script or network. What stands in a card comes
 * from outside, so all of it goes through {@link HtmlWriter}, and the page is served under {@link
 * #POLICY}.
 */
final class CardPage {
  private static final StyleSheet STYLE = StyleSheet.named("card.css");

  /** The page's {@code Content-Security-Policy}: it loads and runs nothing. */
  static final String POLICY = STYLE.policy();

  private static final String SUMMARY = "summary";

  private static final List<String> FACTS = List.of("owner", "licence");
  private static final List<String> FIRST =
      List.of("intendedUse", "outOfScope", "limits", "metrics", "trainingData", "ethicalNotes");

  private final HtmlWriter html = new HtmlWriter();
  private final CardValues values = new CardValues(html);
  private final ModelVersion version;
  private final ModelCard card;
  private final @Nullable Contract contract;
  private final @Nullable LiveSection live;

  private CardPage(ModelVersion version, @Nullable LiveSection live) {
    this.version = version;
    this.live = live;
    this.card = version.card();
    Servable servable = version.servable();
    this.contract = servable == null ? null : servable.contract();
  }

  /**
   * The whole page.
   *
   * @param live what is known of the version's predictions; null where nothing is
   */
  static String of(ModelVersion version, @Nullable LiveSection live) {
    CardPage page = new CardPage(version, live);
    page.write();
    return page.html.toString();
  }

  private void write() {
    html.open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", version.model() + " " + version.version() + ": model card");
    html.style(STYLE).close("head").open("body");
    writeHead();
    html.open("main");
    writeNotices();
    writeFacts();
    sections().forEach(this::writeMember);
    if (live != null) {
      Fairness fairness = contract == null ? null : contract.fairness();
      live.write(html, values, fairness == null ? null : fairness.attribute());
    }
    if (contract != null) {
      writeContract(contract);
    }
    html.close("main");
    writeFoot();
    html.close("body").close("html").text("\n");
  }

  private void writeHead() {
    html.open("header").element("p", "Model card", "class", "kind");
    html.open("h1").text(version.model() + " ");
    html.element("span", "version " + version.version(), "class", "version").close("h1");
    if (card.content().get(SUMMARY) != null) {
      html.open("div", "class", "lead");
      values.write(card.content().get(SUMMARY));
      html.close("div");
    }
    html.close("header");
  }

  private void writeNotices() {
    Notice notice = version.notice();
    if (notice != null) {
      notice("Deprecated", deprecation(notice.deprecation()), List.of());
    }
    if (!version.mistakes().isEmpty()) {
      notice(
          "Not served",
          "This version failed its checks when it was loaded.",
          version.mistakes().stream().map(CardPage::told).toList());
    }
    if (!card.isComplete()) {
      notice(
          "Incomplete card",
          "Something that people need to know before they use the model is still to be written.",
          card.mistakes().stream().map(CardPage::told).toList());
    }
  }

  private void notice(String title, String text, List<String> items) {
    html.open("section", "class", "notice").element("h2", title).element("p", text);
    if (!items.isEmpty()) {
      html.open("ul");
      for (String item : items) {
        html.open("li");
        withCode(item);
        html.close("li");
      }
      html.close("ul");
    }
    html.close("section");
  }

  /** What stands between backticks is code. */
  private void withCode(String text) {
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        html.text(parts[i]);
      } else {
        html.element("code", parts[i]);
      }
    }
  }

  private static String told(Mistake mistake) {
    String place = mistake.file().isEmpty() ? "" : mistake.file() + ": ";
    return place + mistake.cause() + ". To mend it, " + mistake.mend() + ".";
  }

  private static String deprecation(Deprecation deprecation) {
    return "Clients should move on from "
        + deprecation.since()
        + " on."
        + (deprecation.sunset() == null
            ? ""
            : " From " + deprecation.sunset() + " on it isn't served any more.")
        + (deprecation.message() == null ? "" : " " + deprecation.message());
  }

  private void writeFacts() {
    html.open("dl", "class", "facts");
    fact("State", version.state().name().toLowerCase(Locale.ROOT));
    if (contract != null) {
      fact("Contract", contract.schemaVersion() + ", fingerprint " + contract.fingerprint());
    }
    for (String member : FACTS) {
      html.open("div").element("dt", CardWords.heading(member)).open("dd");
      values.write(card.content().get(member));
      html.close("dd").close("div");
    }
    html.close("dl");
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close("div");
  }

  /** The members that have a section of their own, the needed ones first. */
  private Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>(FIRST);
    sections.addAll(card.content().keySet());
    sections.removeIf(this::standsElsewhere);
    return sections;
  }

  private boolean standsElsewhere(String member) {
    Object value = card.content().get(member);
    return switch (member) {
      case SUMMARY -> true;
      case "name" -> version.model().equals(value);
      case "version" -> version.version().equals(String.valueOf(value));
      default -> FACTS.contains(member) || (FIRST.contains(member) && value == null);
    };
  }

  private void writeMember(String member) {
    html.open("section").element("h2", CardWords.heading(member));
    values.write(card.content().get(member));
    html.close("section");
  }

  private void writeContract(Contract found) {
    html.open("section").element("h2", "What it takes");
    if (!found.description().isBlank()) {
      html.element("p", found.description());
    }
    new FeatureTable(html).write(found);
    if (!found.rules().isEmpty()) {
      html.element("h3", "Rules between features").open("ul");
      found.rules().stream()
          .map(Rule::text)
          .forEach(rule -> html.open("li").element("code", rule).close("li"));
      html.close("ul");
    }
    html.close("section").open("section").element("h2", "What it answers");
    html.element("p", answers(found)).close("section");
  }

  private static String answers(Contract contract) {
    return switch (contract.outputs()) {
      case Outputs.Classification classes ->
          "One of "
              + classes.labels().size()
              + " classes"
              + DisclosureDescription.words(contract.disclosure().probabilities())
              + ": "
              + String.join(", ", classes.labels())
              + ".";
      case Outputs.Regression ignored -> "A number.";
      case Outputs.Raw ignored -> "The graph's outputs as they are, by their names.";
    };
  }

  private void writeFoot() {
    String base = "/v1/models/" + version.model() + "/versions/" + version.version();
    html.open("footer").text("The same as JSON: this address with ");
    html.element("code", "Accept: application/json").text(". ");
    html.element("a", "State and contract", "href", base);
    if (contract != null) {
      html.text(" · ").element("a", "JSON Schema of an instance", "href", base + "/schema");
    }
    html.close("footer");
  }
}
