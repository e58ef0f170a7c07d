package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** A server that requires signatures, among whose models several can't be trusted. */
@ServingTest
@ContextConfiguration(initializers = UntrustedModels.class)
class TrustHttpTest {
  private final Caller caller;

  TrustHttpTest(Caller caller) {
    this.caller = caller;
  }

  @ParameterizedTest
  @CsvSource({
    "unsigned, manifest.sig, there is no signature",
    "foreign, manifest.sig, is no trusted key",
    "wrong, manifest.sig, isn't one of this manifest.json",
    "tampered, contract.yaml, SHA-256",
    "traversal, model.onnx, leads out",
    "absolute, model.onnx, absolute location",
    "huge, model.onnx, declares more than",
    "beyond, model.onnx, which has 4194304 bytes",
    "custom, model.onnx, `Run` of the domain `custom`",
    "library, evil.so, a library would run with the server's rights",
    "linked, golden.jsonl, leads out of the version's folder",
    "sparse, '', at most 67108864 are taken",
    "garbage, model.onnx, the graph can't be loaded"
  })
  void saysWhyAVersionIsNotServed(String model, String file, String cause) {
    JsonNode description = caller.get("/v1/models/" + model + "/versions/1").json();
    assertThat(description.get("state").asString()).isEqualTo("failed");
    JsonNode mistake = description.get("mistakes").get(0);
    assertThat(mistake.get("file").asString()).isEqualTo(file);
    assertThat(mistake.get("cause").asString()).contains(cause);
    assertThat(mistake.get("mend").asString()).isNotBlank();
    assertThat(description.toString()).doesNotContain("/tmp", "Exception", "java.");
  }

  @Test
  void servesTheOthers() {
    for (String model : new String[] {"good", "doubling"}) {
      Answer answer = caller.post("/v1/models/" + model + "/predict", "{\"instance\": {\"x\": 4}}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().at("/prediction/value").asDouble()).isEqualTo(8);
    }
  }
}
