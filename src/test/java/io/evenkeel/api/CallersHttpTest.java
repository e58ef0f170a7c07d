package io.evenkeel.api;

import static io.evenkeel.api.GuardedServer.bringing;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.security.KeyRing;
import io.evenkeel.serving.spi.PredictionEvent;
import io.evenkeel.serving.spi.PredictionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Callers who are known: what they are granted, and how their keys are replaced under load. */
@ServingTest
@ContextConfiguration(initializers = {AdminModels.class, GuardedServer.class})
@Import(CallersHttpTest.Names.class)
class CallersHttpTest {
  private static final String BODY = "{\"instance\": {\"x\": 4}}";
  private static final int CLIENTS = 4;

  private final Caller caller;
  private final MeterRegistry meters;
  private final Names names;

  CallersHttpTest(Caller caller, MeterRegistry meters, Names names) {
    this.caller = caller;
    this.meters = meters;
    this.names = names;
  }

  /** Keeps whose requests were served. */
  static final class Names implements PredictionObserver {
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
      return "names";
    }

    @Override
    public void observe(PredictionEvent event) {
      seen.add(String.valueOf(event.origin().requester().caller()));
    }
  }

  private Answer predict(@Nullable String credential, String... more) {
    String[] bearer = bringing(credential);
    List<String> headers = new ArrayList<>(List.of(bearer));
    headers.addAll(List.of(Caller.JSON));
    headers.addAll(List.of(more));
    return caller.post(
        "/v1/predict", BODY.getBytes(StandardCharsets.UTF_8), headers.toArray(String[]::new));
  }

  private String key(String name, String... scopes) {
    String key = GuardedServer.newKey(name, scopes).secret();
    Await.until(() -> caller.get("/v1/nothing-here", bringing(key)).status() == 404);
    return key;
  }

  @Test
  void observersLearnWhoCalls() {
    assertThat(predict(key("ada", "predict:m"), "X-Routing-Key", "r").status()).isEqualTo(200);
    String token = GuardedServer.PROVIDER.token("grace", "openid predict");
    assertThat(predict(token).status()).isEqualTo(200);
    Await.until(() -> names.seen.contains("ada") && names.seen.contains("grace"));
    assertThat(names.seen).doesNotContain("r");
  }

  @Test
  void tokensMayHaveTheTypeThatIsMeantForThem() {
    String token = GuardedServer.PROVIDER.accessToken("typed", "predict:m");
    assertThat(predict(token).status()).isEqualTo(200);
  }

  @Test
  void priorityIsGrantedAndNotClaimed() {
    String plain = key("plain", "predict");
    Answer claimed = predict(plain, "X-Priority", "critical");
    assertThat(claimed.status()).isEqualTo(403);
    assertThat(claimed.json().get("detail").asString()).contains("`critical`");
    assertThat(predict(plain, "X-Priority", "sheddable").status()).isEqualTo(200);
    assertThat(predict(plain, "X-Priority", "urgent").status()).isEqualTo(400);
    String granted = key("granted", "predict", "critical:m");
    assertThat(predict(granted, "X-Priority", "critical").status()).isEqualTo(200);
  }

  @Test
  void aCallerHasAsMuchAsItsQuotaSays() {
    String thrifty = key("thrifty", "predict");
    Answer first = predict(thrifty);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"rate\";q=2;w=3600");
    assertThat(first.header("RateLimit")).startsWith("\"rate\";r=1;t=");
    assertThat(predict(thrifty).status()).isEqualTo(200);
    Answer exceeded = predict(thrifty);
    assertThat(exceeded.status()).isEqualTo(429);
    assertThat(exceeded.kind()).isEqualTo("quota-exceeded");
    assertThat(exceeded.json().get("quota").asString()).isEqualTo("rate");
    assertThat(Long.parseLong(exceeded.header("Retry-After"))).isBetween(1L, 1800L);
    assertThat(exceeded.header("RateLimit")).startsWith("\"rate\";r=0;t=");
    assertThat(predict(key("spender", "predict")).header("RateLimit")).isEmpty();
  }

  @Test
  void feedbackIsTakenForTheModelsThatACallerMayJudge() {
    JsonNode answer = predict(key("asker", "predict")).json();
    String body = "{\"id\": \"" + answer.get("id").asString() + "\", \"outcome\": 8}";
    Answer others = feedback(body, key("stranger", "feedback:another"));
    assertThat(others.status()).as("as if it weren't there").isEqualTo(404);
    assertThat(others.kind()).isEqualTo("no-such-prediction");
    Await.until(() -> feedback(body, key("judge", "feedback:m")).status() == 200);
  }

  private Answer feedback(String body, String key) {
    return caller.post(
        "/v1/feedback",
        body.getBytes(StandardCharsets.UTF_8),
        "Authorization",
        "Bearer " + key,
        "Content-Type",
        "application/json");
  }

  @Test
  void anAdminOfOneModelSeesAndChangesThatModelOnly() {
    String key = key("owner", "admin:m");
    assertThat(caller.get("/v1/admin/models/m/route", bringing(key)).status()).isEqualTo(200);
    assertThat(caller.get("/v1/admin/models/n/route", bringing(key)).status()).isEqualTo(403);
    assertThat(caller.get("/v1/admin/routes", bringing(key)).status()).isEqualTo(403);
  }

  @Test
  void theJournalSaysWhoHasProvedToBeTheCaller() {
    String key = key("admin", "admin");
    String body = "{\"who\": \"ada\", \"why\": \"try it\", \"route\": {\"stable\": \"2\"}}";
    Answer changed =
        caller.send(
            "PUT",
            "/v1/admin/models/m/route",
            body,
            "Authorization",
            "Bearer " + key,
            "Content-Type",
            "application/json",
            "If-Match",
            "*");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(caller.get("/v1/admin/journal", bringing(key)).body()).contains("ada (admin)");
  }

  @Test
  void failuresAreCounted() {
    double before = failures("unknown-key");
    assertThat(predict("ek_00000000_" + "0".repeat(50)).status()).isEqualTo(401);
    assertThat(failures("unknown-key")).isEqualTo(before + 1);
    before = failures("missing");
    assertThat(predict(null).status()).isEqualTo(401);
    assertThat(failures("missing")).isEqualTo(before + 1);
  }

  private double failures(String reason) {
    return meters.get("evenkeel.auth.failures").tag("reason", reason).counter().count();
  }

  @Test
  void keysAreReplacedUnderLoadWithoutAFailedRequest() throws Exception {
    KeyRing.Made first = GuardedServer.newKey("rotating", "predict");
    Await.until(() -> predict(first.secret()).status() == 200);
    AtomicReference<KeyRing.Made> inUse = new AtomicReference<>(first);
    UnderLoad.run(
        CLIENTS,
        () -> requireServed(inUse.get().secret()),
        load -> {
          for (int i = 0; i < 5; i++) {
            KeyRing.Made old = inUse.get();
            KeyRing.Made next = GuardedServer.RING.rotate(old.kept().prefix(), Duration.ofHours(1));
            load.until(() -> predict(next.secret()).status() == 200);
            inUse.set(next);
            // Everybody has turned to the new key.
            load.goOn(10);
            GuardedServer.RING.revoke(old.kept().prefix(), Duration.ZERO);
            load.until(() -> predict(old.secret()).status() == 401);
          }
        });
  }

  @Test
  void theKeysOfTheIdentityProviderAreReplacedUnderLoadWithoutAFailedRequest() throws Exception {
    IdentityProvider provider = GuardedServer.PROVIDER;
    assertThat(predict(provider.token("client", "predict")).status()).isEqualTo(200);
    int fetches = provider.fetches();
    AtomicInteger number = new AtomicInteger();
    UnderLoad.run(
        CLIENTS,
        () -> requireServed(provider.token("client-" + number.incrementAndGet(), "predict")),
        load -> {
          provider.rotate();
          load.goOn(10);
        });
    assertThat(provider.fetches() - fetches).as("once, for whoever needs it").isBetween(1, 2);
  }

  private void requireServed(String credential) {
    Answer answer = predict(credential);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }
}
