package io.evenkeel.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.RegistryProperties;
import io.evenkeel.registry.Servable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

@ServingTest
@ContextConfiguration(initializers = SwappedModels.class)
class SwapUnderLoadTest {
  private static final int SWAPS = 50;
  private static final int CALLERS = 4;

  private final Caller caller;
  private final ModelRegistry registry;
  private final RegistryProperties properties;

  /** By fingerprint of the contract, what the version makes of 3. */
  private final Map<String, Double> answers = new ConcurrentHashMap<>();

  private final List<ModelVersion> replaced = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  SwapUnderLoadTest(Caller caller, ModelRegistry registry, RegistryProperties properties) {
    this.caller = caller;
    this.registry = registry;
    this.properties = properties;
  }

  @Test
  void fiftySwapsFailNoRequestAndEachAnswerIsOfOneContent() throws Exception {
    caller.port();
    AtomicBoolean goesOn = new AtomicBoolean(true);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<?>> calling = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        boolean pinned = i == 0;
        calling.add(callers.submit(() -> ask(pinned, goesOn)));
      }
      try {
        for (int swap = 1; swap <= SWAPS; swap++) {
          swap(swap % 2 == 1);
        }
      } finally {
        goesOn.set(false);
      }
      for (Future<?> one : calling) {
        one.get();
      }
    }
    assertThat(answers.values()).containsExactlyInAnyOrder(6.0, 12.0);
    assertThat(asked).hasValueGreaterThan(SWAPS * CALLERS);
    Await.until(() -> replaced.stream().allMatch(old -> old.state() == ModelVersion.State.RETIRED));
  }

  private void swap(boolean toFourfold) {
    ModelVersion before = requireNonNull(registry.find("m", "1"));
    String fingerprint = requireNonNull(fingerprint(before));
    int askedBefore = asked.get();
    SwappedModels.turn(properties.path(), toFourfold);
    Await.until(() -> {
      String now = fingerprint(requireNonNull(registry.find("m", "1")));
      return now != null && !now.equals(fingerprint) && asked.get() > askedBefore;
    });
    replaced.add(before);
  }

  /** Of what the version serves; null while it serves nothing, or has been replaced meanwhile. */
  private static @Nullable String fingerprint(ModelVersion version) {
    Servable servable = version.servable();
    return servable == null ? null : servable.contract().fingerprint();
  }

  private void ask(boolean pinned, AtomicBoolean goesOn) {
    String path = pinned ? "/v1/models/m/versions/1/predict" : "/v1/predict";
    while (goesOn.get()) {
      Answer answer = caller.post(path, "{\"instance\": {\"x\": 3}}");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode json = answer.json();
      double value = json.at("/prediction/value").doubleValue();
      Double known = answers.putIfAbsent(json.get("contract").asString(), value);
      assertThat(known == null ? value : known).as("of one content").isEqualTo(value);
      asked.incrementAndGet();
    }
  }
}
