package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLog;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ExposureTest {
  private static final DeferredLogFactory LOGS =
      new DeferredLogFactory() {
        @Override
        public Log getLog(Supplier<Log> destination) {
          return new DeferredLog();
        }
      };

  private static StandardEnvironment decide(Map<String, String> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("management.server.port", "8081");
    environment.getPropertySources().addFirst(new MapPropertySource("test", all));
    new Exposure(LOGS).postProcessEnvironment(environment, new SpringApplication());
    return environment;
  }

  @Test
  void listensOnThisMachineOnlyWhereNobodyIsKnown() {
    StandardEnvironment environment = decide(Map.of());
    assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void detailsOfHealthAreForWhoeverIsKnown() {
    String details = "management.endpoint.health.show-details";
    assertThat(decide(Map.of()).getProperty(details)).isEqualTo("always");
    String subject = "evenkeel.security.certificates[0].subject";
    assertThat(decide(Map.of(subject, "CN=a")).getProperty(details)).isEqualTo("when-authorized");
    assertThat(decide(Map.of(subject, "CN=a", details, "never")).getProperty(details))
        .isEqualTo("never");
  }

  @Test
  void setsNoAddressOfTheOperationsWhereTheyHaveNoPortOfTheirOwn() {
    StandardEnvironment environment =
        decide(Map.of("server.port", "8080", "management.server.port", "8080"));
    assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(environment.containsProperty("management.server.address")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "127.0.0.2", "localhost"})
  void leavesAnotherAddressOfThisMachine(String address) {
    assertThat(decide(Map.of("server.address", address)).getProperty("server.address"))
        .isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.address", "management.server.address"})
  void doesNotStartWhereOthersWouldReachIt(String setting) {
    for (String address : List.of("0.0.0.0", "::", "192.0.2.1", "no.such.host.invalid")) {
      assertThatExceptionOfType(Exposure.ExposedServerException.class)
          .isThrownBy(() -> decide(Map.of(setting, address)))
          .withMessageContaining(setting + " is " + address)
          .satisfies(e -> {
            var analysis = Objects.requireNonNull(new SecurityFailureAnalyzer().analyze(e));
            assertThat(analysis.getAction())
                .contains("evenkeel key create")
                .contains("evenkeel.security.open=true");
          });
    }
  }

  @Test
  void listensEverywhereWhereItIsMeantToBeOpen() {
    StandardEnvironment environment = decide(Map.of("evenkeel.security.open", "true"));
    assertThat(environment.containsProperty("server.address")).isFalse();
    assertThat(environment.containsProperty("management.server.address")).isFalse();
    decide(Map.of("evenkeel.security.open", "true", "server.address", "0.0.0.0"));
  }

  @Test
  void listensEverywhereWhereCallersAreKnown(@TempDir Path folder) {
    Path keys = folder.resolve("keys.json");
    new KeyRing(new KeyFile(keys), InstantSource.system()).create("a", List.of("read"), null);
    String setting = "evenkeel.security.keys";
    assertThat(decide(Map.of(setting, keys.toString())).containsProperty("server.address"))
        .isFalse();
    assertThat(
            decide(
                    Map.of(
                        "evenkeel.security.certificates[0].subject", "CN=a",
                        "server.address", "0.0.0.0"))
                .getProperty("server.address"))
        .isEqualTo("0.0.0.0");
    assertThatExceptionOfType(Exposure.ExposedServerException.class)
        .isThrownBy(() -> decide(Map.of(setting, keys + "x")))
        .withMessageContaining("no such file");
    assertThatExceptionOfType(Exposure.ExposedServerException.class)
        .isThrownBy(
            () -> decide(Map.of(setting, keys.toString(), "evenkeel.security.open", "true")))
        .withMessageContaining("nobody needs a credential");
  }
}
