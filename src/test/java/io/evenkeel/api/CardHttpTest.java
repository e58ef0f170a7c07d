package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Model cards over HTTP, as JSON and as a page. */
@ServingTest
@ContextConfiguration(initializers = CardModels.class)
class CardHttpTest {
  private static final String HOSTILE = "/v1/models/hostile/versions/1/card";

  /** An element that the page may have, its attributes all in quotes and escaped. */
  private static final Pattern OUR_MARKUP =
      Pattern.compile(
          "</?(html|head|meta|title|style|body|header|main|footer|section|h[123]|p|div|span|dl|dt|dd"
              + "|ul|li|table|thead|tbody|tr|th|td|code|data|details|summary|a)"
              + "( (lang|charset|name|content|class|scope|role|aria-label|tabindex|value|href)"
              + "=\"([^\"<>&]|&(amp|lt|gt|quot|#39);)*\")*>");

  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

  private final Caller caller;

  CardHttpTest(Caller caller) {
    this.caller = caller;
  }

  private Answer page(String path) {
    Answer page = caller.get(path, "Accept", "text/html");
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    return page;
  }

  @Test
  void isJsonUnlessAPageIsPreferred() {
    Answer answer = caller.get("/v1/models/diabetes/card");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Vary")).isEqualTo("Accept");
    JsonNode card = answer.json();
    assertThat(card.get("model").asString()).isEqualTo("diabetes");
    assertThat(card.get("version").asString()).isEqualTo("1");
    assertThat(card.get("complete").asBoolean()).isTrue();
    assertThat(card.has("missing")).isFalse();
    assertThat(card.at("/card/metrics/r2").asDouble()).isEqualTo(0.5011);
    assertThat(card.at("/card/framework/onnx").asString()).isEqualTo("1.23.2");
    assertThat(caller.get("/v1/models/diabetes/versions/1/card").body()).isEqualTo(answer.body());
  }

  @Test
  void isAPageForABrowser() {
    String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    Answer page = caller.get("/v1/models/diabetes/card", "Accept", browser);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Vary")).isEqualTo("Accept");
    assertThat(page.body())
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains(
            "<title>diabetes 1: model card</title>",
            "Evenkeel maintainers",
            "<h2>Intended use</h2>",
            "<dt>root mean squared error</dt><dd><data value=\"53.16\">53.16</data></dd>",
            "<h2>Framework</h2>",
            "<code>bmi</code>",
            "18 to 110")
        .doesNotContain("Incomplete card", "Not served");
  }

  @Test
  void escapesWhateverStandsInACard() {
    for (String path : new String[] {HOSTILE, "/v1/models/hostile/card"}) {
      String page = page(path).body();
      String rest = STYLE.matcher(page.substring("<!doctype html>".length())).replaceAll("");
      assertThat(OUR_MARKUP.matcher(rest).replaceAll("")).doesNotContain("<").doesNotContain(">");
      assertThat(page)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "12,345", ">sensitive<")
          .doesNotContain("<script", "<img", "\u0000", "\u001f", "href=\"javascript");
      // In each of 22 places of the card, and in 6 of the contract.
      assertThat(count(page, "&lt;img src=x onerror=alert(2)&gt;")).isEqualTo(28);
    }
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }

  @Test
  void allowsThePageNothingButItsOwnStyle() throws NoSuchAlgorithmException {
    Answer page = page(HOSTILE);
    Matcher style = STYLE.matcher(page.body());
    assertThat(style.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page.header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(style.find()).isFalse();
    assertThat(style.reset().replaceAll("")).doesNotContain("style=");
    assertThat(page.body()).doesNotContain("url(", "@import", "src=\"");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void carriesTheSameAttackUnchangedAsJson() {
    Answer answer = caller.get(HOSTILE, "Accept", "application/json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().at("/card/owner").asString())
        .contains("</style></title><script>alert(1)</script>");
    assertThat(answer.header("Deprecation")).isNotEmpty();
    assertThat(answer.header("Sunset")).isNotEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    JsonNode card = caller.get("/v1/models/bare/card").json();
    assertThat(card.get("complete").asBoolean(true)).isFalse();
    assertThat(card.get("missing")).hasSize(9);
    assertThat(card.at("/mistakes/0/cause").asString()).isEqualTo("the file is missing");
    assertThat(page("/v1/models/bare/card").body())
        .contains("<h2>Incomplete card</h2>", "card.yaml: the file is missing");
  }

  @Test
  void isThereForAVersionThatIsNotServed() {
    JsonNode card = caller.get("/v1/models/failed/versions/1/card").json();
    assertThat(card.get("state").asString()).isEqualTo("failed");
    assertThat(card.at("/card/name").asString()).isEqualTo("diabetes");
    assertThat(page("/v1/models/failed/versions/1/card").body())
        .contains("<h2>Not served</h2>", "<h2>Name</h2>")
        .doesNotContain("What it takes");
    Answer routed = caller.get("/v1/models/failed/card", "Accept", "text/html");
    assertThat(routed.status()).isEqualTo(503);
    Problems.requireDocument(routed);
  }

  @Test
  void isLinkedFromTheModelsMetadata() {
    JsonNode ofVersion = caller.get("/v1/models/diabetes/versions/1").json().get("card");
    JsonNode ofModel = caller.get("/v1/models/diabetes").json();
    assertThat(ofVersion.get("complete").asBoolean()).isTrue();
    assertThat(ofVersion.get("url").asString()).isEqualTo("/v1/models/diabetes/versions/1/card");
    assertThat(ofModel.at("/card/url").asString()).isEqualTo("/v1/models/diabetes/card");
    assertThat(ofModel.at("/versions/0/card")).isEqualTo(ofVersion);
    JsonNode models = caller.get("/v1/models").json().get("models");
    assertThat(models).hasSize(4);
    models.forEach(model ->
        model
            .get("versions")
            .forEach(version -> {
              String url = version.at("/card/url").asString();
              assertThat(caller.get(url).json().get("model")).isEqualTo(model.get("model"));
            }));
    assertThat(models.get(0).at("/versions/0/card").toString())
        .startsWith("{\"complete\":false,\"missing\":[\"summary\",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "text/plain", "text/html;q=0"})
  void refusesWhoTakesNeitherForm(String accept) {
    for (String path : new String[] {HOSTILE, "/v1/models/diabetes/card"}) {
      Problems.require(caller.get(path, "Accept", accept), 406, "not-acceptable");
    }
    Problems.require(caller.get(HOSTILE, "Accept", "html"), 400, "bad-header");
  }

  @Test
  void isOnlyThereForWhatIsThere() {
    for (String accept : new String[] {"application/json", "text/html"}) {
      Problems.require(
          caller.get("/v1/models/nothing/card", "Accept", accept), 404, "no-such-model");
      Problems.require(
          caller.get("/v1/models/nothing/versions/1/card", "Accept", accept), 404, "no-such-model");
      Problems.require(
          caller.get("/v1/models/diabetes/versions/2/card", "Accept", accept),
          404,
          "no-such-version");
    }
    Problems.require(caller.get("/v1/models/diabetes/card/"), 404, "no-such-resource");
    Problems.require(caller.get("/v1/card"), 404, "no-such-resource");
  }

  @Test
  void answersHeadAndRefusesOtherMethods() {
    Answer head = caller.send("HEAD", HOSTILE, Caller.NO_BODY, "Accept", "text/html");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    Answer post = caller.post(HOSTILE, "{}");
    Problems.require(post, 405, "method-not-allowed");
    assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
  }
}
