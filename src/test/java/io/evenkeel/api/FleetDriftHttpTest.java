package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.Await;
import io.evenkeel.EvenkeelApplication;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.ModelRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Two servers over one control state: each answers with what both know. */
@ServingTest
@ContextConfiguration(initializers = FleetDriftHttpTest.One.class)
@DirtiesContext
class FleetDriftHttpTest {
  private static final String STATE = "jdbc:h2:mem:" + UUID.randomUUID();

  private final Caller one;
  private final MeterRegistry meters;

  FleetDriftHttpTest(Caller one, MeterRegistry meters) {
    this.one = one;
    this.meters = meters;
  }

  /** The first server. */
  static final class One extends Server {
    One() {
      super("one");
    }
  }

  static class Server implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final String name;

    Server(String name) {
      this.name = name;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      new DriftingModels().initialize(context);
      TestPropertyValues.of(
              "evenkeel.state.url=" + STATE,
              "evenkeel.drift.server=" + name,
              "evenkeel.drift.save=200ms",
              "evenkeel.drift.max-age=3s")
          .applyTo(context);
    }
  }

  private static JsonNode drift(Caller caller) {
    return caller.get("/v1/models/m/drift").json().at("/versions/0");
  }

  private static DriftRun run(Caller caller, long seed) {
    Random random = new Random(seed);
    return new DriftRun(
        caller,
        "m",
        1,
        () -> {
          Map<String, @Nullable Object> row = new LinkedHashMap<>();
          row.put("a", random.nextGaussian());
          row.put("b", random.nextGaussian());
          row.put("c", random.nextDouble() < 0.7 ? "x" : "y");
          row.put("d", random.nextGaussian() + 0.4);
          return row;
        });
  }

  private double servers() {
    return meters.get("evenkeel.drift.servers").tag("model", "m").gauge().value();
  }

  @Test
  void eachServerAnswersWithWhatBothKnow() {
    try (ConfigurableApplicationContext context =
            new SpringApplicationBuilder(EvenkeelApplication.class)
                .initializers(new Server("other"))
                .run("--server.port=0", "--management.server.port=0");
        Caller other =
            new Caller(
                context.getEnvironment(),
                context.getBean(ModelRegistry.class),
                context.getBean(RouteControl.class))) {
      double ofOne = run(one, 1).send(100, row -> {}).get("evidence").doubleValue();
      double ofOther = run(other, 2).send(90, row -> {}).get("evidence").doubleValue();

      for (Caller caller : new Caller[] {one, other}) {
        Await.until(() -> drift(caller).at("/fleet/rows").asLong(0) == 190);
        JsonNode fleet = drift(caller).get("fleet");
        assertThat(fleet.get("evidence").doubleValue())
            .isCloseTo(ofOne + ofOther, within(1e-9 * (ofOne + ofOther)));
        assertThat(fleet.at("/causes/0/stream").asString()).isEqualTo("d");
        assertThat(fleet.at("/others/0/server").asString())
            .isEqualTo(caller.equals(one) ? "other" : "one");
        assertThat(fleet.at("/others/0/part").asString()).isEqualTo("counted");
      }
      assertThat(servers()).isEqualTo(2);
    }

    Await.until(() -> drift(one).at("/fleet/others/0/part").asString("").contains("too old"));
    assertThat(drift(one).at("/fleet/rows").longValue()).isEqualTo(100);
    assertThat(servers()).isEqualTo(1);
  }
}
