package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenkeel.security.SecurityProperties.Jwt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SecurityPropertiesTest {
  static SecurityProperties bind(Map<String, String> values) {
    Map<String, String> named = new HashMap<>();
    values.forEach((key, value) -> named.put("evenkeel.security." + key, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bindOrCreate("evenkeel.security", SecurityProperties.class);
  }

  @Test
  void knowsNobodyAndIsNotOpenByDefault() {
    SecurityProperties defaults = bind(Map.of());
    assertThat(defaults)
        .isEqualTo(
            new SecurityProperties(
                false,
                Path.of("keys.json"),
                Duration.ofSeconds(2),
                false,
                Duration.ofMillis(200),
                null,
                List.of(),
                List.of()));
    assertThat(defaults.knowsCallers()).isFalse();
  }

  @Test
  void takesEachKey(@TempDir Path folder) throws Exception {
    Path keys = Files.createFile(folder.resolve("k"));
    Map<String, String> values = new HashMap<>();
    values.put("open", "true");
    values.put("keys", keys.toString());
    values.put("poll", "5s");
    values.put("open-probes", "true");
    values.put("failure-delay", "1s");
    values.put("jwt.issuer", "https://id.example");
    values.put("jwt.audience", "evenkeel");
    values.put("jwt.jwk-set-uri", "https://id.example/keys");
    values.put("jwt.clock-skew", "5s");
    values.put("jwt.caller-claim", "azp");
    values.put("jwt.scopes-claim", "roles");
    values.put("jwt.cache", "2m");
    values.put("certificates[0].subject", "CN=a");
    values.put("certificates[0].name", "b");
    values.put("certificates[0].scopes", "read,predict:m");
    values.put("quotas[0].callers", "a,b");
    values.put("quotas[0].models", "m");
    values.put("quotas[0].requests", "10");
    values.put("quotas[0].per", "2s");
    values.put("quotas[0].burst", "20");
    values.put("quotas[0].concurrency", "3");
    SecurityProperties set = bind(values);
    assertThat(set)
        .isEqualTo(
            new SecurityProperties(
                true,
                keys,
                Duration.ofSeconds(5),
                true,
                Duration.ofSeconds(1),
                new Jwt(
                    "https://id.example",
                    "evenkeel",
                    "https://id.example/keys",
                    Duration.ofSeconds(5),
                    "azp",
                    "roles",
                    Duration.ofMinutes(2)),
                List.of(
                    new SecurityProperties.Certificate("CN=a", "b", List.of("read", "predict:m"))),
                List.of(
                    new SecurityProperties.Quota(
                        List.of("a", "b"), List.of("m"), 10, Duration.ofSeconds(2), 20, 3))));
    assertThat(set.knowsCallers()).isTrue();
  }

  @Test
  void aTokenNeedsAnIssuerAnAudienceAndKeysThatCannotBeChangedOnTheirWay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> jwt("https://id.example", "", "https://id.example/keys"))
        .withMessageContaining("evenkeel.security.jwt.audience isn't set");
    for (String unsafe : List.of("http://id.example/keys", "file:/etc/keys", "keys")) {
      assertThatIllegalArgumentException()
          .as(unsafe)
          .isThrownBy(() -> new Tokens(jwt("https://id.example", "evenkeel", unsafe)))
          .withMessageContaining("must be an https address");
    }
    assertThat(new Tokens(jwt("i", "a", "http://127.0.0.1:1/keys"))).isNotNull();
  }

  private static Jwt jwt(String issuer, String audience, String keys) {
    return new Jwt(
        issuer, audience, keys, Duration.ofSeconds(60), "sub", "scope", Duration.ofMinutes(1));
  }

  @Test
  void aCertificateNeedsASubjectThatCanBeCompared() {
    for (String wrong : List.of("", "scoring", "CN")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() ->
              new Certificates(
                  List.of(new SecurityProperties.Certificate(wrong, "", List.of("read")))))
          .withMessageContaining("subject");
    }
  }
}
