package io.evenkeel.api;

import static io.evenkeel.api.GuardedServer.bringing;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.docs.MarkdownTable;
import io.evenkeel.security.KeyRing;
import io.evenkeel.security.Right;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Holds the table of docs/security.md against the server: each call of it, with each kind of
 * credential. A call that the server has and the table hasn't fails here.
 */
@ServingTest
@ContextConfiguration(initializers = {AdminModels.class, GuardedServer.class})
class AccessTableTest {
  private static final String HEADING = "## What each call takes";
  private static final String OPERATIONS = "/actuator";
  private static final Set<Integer> DENIALS = Set.of(401, 403, 429);
  private static final String OTHER = "another-model";

  private static KeyRing.@Nullable Made nothing;

  private final Caller caller;
  private final ServletContext servlets;
  private final Collection<RequestMappingHandlerMapping> controllers;

  AccessTableTest(
      Caller caller, ServletContext servlets, List<RequestMappingHandlerMapping> controllers) {
    this.caller = caller;
    this.servlets = servlets;
    this.controllers = controllers;
  }

  /** One call of the table: what it takes, and for which models. */
  record Call(String method, String template, Right right, String models) {
    String path() {
      return template
          .replace("{model}", "m")
          .replace("{version}", "1")
          .replace("{number}", "1")
          // What the names of libraries stand for makes no difference to who is let in.
          .replaceAll("\\{[^}]*}", "any");
    }

    /** A scope that is enough. */
    String scope() {
      return models.equals("all models") ? right.word() : right.word() + ":m";
    }

    /** Scopes that hold everything but what it takes. */
    String[] otherScopes() {
      Stream<String> others =
          Arrays.stream(Right.values()).filter(other -> other != right).map(Right::word);
      Stream<String> tooLittle =
          switch (models) {
            case "all models" -> Stream.of(right.word() + ":m");
            case "the model" -> Stream.of(right.word() + ":" + OTHER);
            case "any model" -> Stream.of();
            default -> throw new IllegalArgumentException("no models in the table: " + models);
          };
      return Stream.concat(others, tooLittle).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  static Stream<Call> calls() {
    return MarkdownTable.after(HEADING, MarkdownTable.page("docs/security.md")).rows().stream()
        .flatMap(row ->
            MarkdownTable.codes(row.get(0)).stream()
                .map(call -> {
                  String[] parts = call.split(" ", 2);
                  String word = MarkdownTable.codes(row.get(1)).getFirst();
                  Right right =
                      Arrays.stream(Right.values())
                          .filter(one -> one.word().equals(word))
                          .findFirst()
                          .orElseThrow();
                  return new Call(parts[0], parts[1], right, row.get(2));
                }));
  }

  @BeforeAll
  static void makeAKeyForNothingUseful() {
    nothing = GuardedServer.newKey("nothing", "read:" + OTHER);
  }

  private Answer ask(Call call, @Nullable String credential) {
    String[] headers = bringing(credential);
    if (call.method().equals("GET")) {
      return call.path().startsWith(OPERATIONS)
          ? caller.getOperations(call.path(), headers)
          : caller.get(call.path(), headers);
    }
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return caller.send(call.method(), call.path(), "{}", all);
  }

  /** Once the server has seen the file with the key. */
  private void awaitKey(KeyRing.Made key) {
    Await.until(() -> caller.get("/v1/nothing-here", bringing(key.secret())).status() == 404);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void answersEachKindOfCredentialAsDocumented(Call call) {
    KeyRing.Made right = GuardedServer.newKey("right", call.scope());
    KeyRing.Made expired = GuardedServer.expiredKey("expired", call.scope());
    KeyRing.Made revoked = GuardedServer.newKey("revoked", call.scope());
    GuardedServer.RING.revoke(revoked.kept().prefix(), Duration.ZERO);
    KeyRing.Made other = GuardedServer.newKey("other", call.otherScopes());
    awaitKey(other);

    Answer none = ask(call, null);
    assertThat(none.status()).as("no credential").isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"evenkeel\"");
    assertThat(none.kind()).isEqualTo("unauthenticated");

    String wrong = right.secret().substring(0, right.secret().length() - 6) + "000000";
    Answer first = ask(call, wrong);
    List<String> bad =
        List.of(
            right.secret().replaceFirst("_.{8}_", "_00000000_"),
            expired.secret(),
            revoked.secret(),
            "no-key-at-all",
            GuardedServer.PROVIDER.forged("forger", call.scope()),
            GuardedServer.PROVIDER.token(
                "late",
                call.scope(),
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600)))),
            GuardedServer.PROVIDER.token(
                "elsewhere", call.scope(), claims -> claims.audience("another-service")),
            GuardedServer.PROVIDER.token(
                "elsewhere", call.scope(), claims -> claims.issuer("https://other.example")));
    assertThat(first.status()).as("wrong secret").isEqualTo(401);
    for (String credential : bad) {
      Answer answer = ask(call, credential);
      assertThat(answer.status()).as(credential).isEqualTo(401);
      assertThat(withoutId(answer)).as("no hint at what is wrong").isEqualTo(withoutId(first));
      assertThat(answer.header("WWW-Authenticate"))
          .isEqualTo("Bearer realm=\"evenkeel\", error=\"invalid_token\"");
    }

    for (String credential :
        List.of(
            other.secret(),
            GuardedServer.PROVIDER.token("other", String.join(" ", call.otherScopes())))) {
      Answer answer = ask(call, credential);
      assertThat(answer.status()).as("without the right").isEqualTo(403);
      assertThat(answer.kind()).isEqualTo("forbidden");
    }

    for (String credential :
        List.of(right.secret(), GuardedServer.PROVIDER.token("right", call.scope()))) {
      assertThat(ask(call, credential).status()).as("with the right").isNotIn(DENIALS);
    }
  }

  private static String withoutId(Answer answer) {
    return answer.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  void theTableHasEachCallThatTheDescriptionHas() {
    KeyRing.Made key = GuardedServer.newKey("reader", "read");
    awaitKey(key);
    JsonNode paths = caller.get("/v3/api-docs", bringing(key.secret())).json().get("paths");
    Set<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    described.add(
                        method.toUpperCase(Locale.ROOT)
                            + " "
                            + path.getKey()
                                .replaceFirst("/models/m(?=/|$)", "/models/{model}")
                                .replaceFirst("/versions/[0-9]+(?=/|$)", "/versions/{version}"))));
    assertThat(described).isNotEmpty();
    assertThat(calls().map(Call::toString)).containsAll(described);
  }

  @Test
  void theTableHasEachResourceOfTheServlets() {
    Set<Class<?>> reached = new HashSet<>();
    calls()
        .forEach(call -> {
          String path = call.path();
          if (path.startsWith("/v1/admin")) {
            reached.add(
                Objects.requireNonNull(AdminResource.at(path.substring("/v1/admin".length())), path)
                    .getClass());
          } else if (path.startsWith("/v1") && !path.startsWith("/v1/feedback")) {
            reached.add(
                Objects.requireNonNull(Resource.at(path.substring("/v1".length())), path)
                    .getClass());
          }
        });
    assertThat(reached).contains(Resource.class.getPermittedSubclasses());
    assertThat(reached).contains(AdminResource.class.getPermittedSubclasses());
  }

  @Test
  void theTableHasEachCallOfTheOperations() {
    KeyRing.Made key = GuardedServer.newKey("reader", "read");
    awaitKey(key);
    Set<String> linked = new TreeSet<>();
    caller
        .getOperations(OPERATIONS, bringing(key.secret()))
        .json()
        .get("_links")
        .forEach(link ->
            linked.add("GET " + link.get("href").asString().replaceFirst("^http://[^/]*", "")));
    assertThat(linked).isNotEmpty();
    assertThat(calls().map(Call::toString)).containsAll(linked);
  }

  @Test
  void theTableHasEachCallOfLibraries() {
    Set<String> mapped = new TreeSet<>();
    controllers.forEach(mapping ->
        mapping.getHandlerMethods().keySet().stream()
            .flatMap(info -> info.getPatternValues().stream())
            .forEach(mapped::add));
    assertThat(mapped).isNotEmpty();
    assertThat(calls().map(Call::template)).containsAll(mapped);
  }

  @Test
  void noServletIsThereThatIsNotAsked() {
    Set<String> mappings = new TreeSet<>();
    for (ServletRegistration servlet : servlets.getServletRegistrations().values()) {
      mappings.addAll(servlet.getMappings());
    }
    // Who asks for /error by itself is asked before, as for any path outside /v1.
    assertThat(caller.get("/error").status()).isEqualTo(401);
    assertThat(mappings)
        .containsExactlyInAnyOrder("/", "/error", "/v1/*", "/v1/admin/*", "/v1/feedback/*");
  }

  @Test
  void pathsThatAreNotThereAreToldToThoseWhoAreKnownOnly() {
    KeyRing.Made key = Objects.requireNonNull(nothing);
    awaitKey(key);
    assertThat(caller.get("/v1/nothing-here").status()).isEqualTo(401);
    assertThat(caller.get("/v1/nothing-here", bringing(key.secret())).status()).isEqualTo(404);
    assertThat(caller.get("/nothing-here").status()).isEqualTo(401);
    assertThat(caller.get("/nothing-here", bringing(key.secret())).status()).isEqualTo(403);
    assertThat(caller.get("/v1/models/none", bringing(key.secret())).status()).isEqualTo(403);
  }

  @Test
  void probesAreToldToAnybodyWhereTheOperatorSaysSo() {
    assertThat(caller.getOperations("/actuator/health/liveness").status()).isEqualTo(200);
    Answer strangers = caller.getOperations("/actuator/health/readiness");
    assertThat(strangers.status()).isIn(200, 503);
    assertThat(strangers.body()).as("no names").doesNotContain("components");
    KeyRing.Made key = GuardedServer.newKey("reader", "read");
    awaitKey(key);
    assertThat(caller.getOperations("/actuator/health/readiness", bringing(key.secret())).body())
        .contains("components");
    assertThat(caller.getOperations("/actuator/health").status()).isEqualTo(401);
    assertThat(caller.getOperations("/actuator/prometheus").status()).isEqualTo(401);
  }
}
