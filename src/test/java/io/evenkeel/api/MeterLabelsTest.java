package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller sends must not become a label: labels would then grow without end. */
@ServingTest
class MeterLabelsTest {
  private static final String MARKER = "marker4711";

  private final Caller caller;
  private final MeterRegistry meters;

  MeterLabelsTest(Caller caller, MeterRegistry meters) {
    this.caller = caller;
    this.meters = meters;
  }

  @Test
  void holdNothingACallerSent() {
    String unknown = "{\"" + MARKER + "\": 1, \"instance\": {\"" + MARKER + "\": 2}}";
    List<Answer> answers =
        List.of(
            caller.post("/v1/models/" + MARKER + "/predict", "{}"),
            caller.post("/v1/models/diabetes/versions/" + MARKER + "/predict", "{}"),
            caller.post("/v1/predict/batch?mode=" + MARKER, "{}"),
            caller.post("/v1/" + MARKER, "{}"),
            caller.post("/" + MARKER, "{}"),
            caller.get("/v1/models/" + MARKER, "X-Request-Id", MARKER),
            caller.post("/v1/models/diabetes/predict", unknown),
            caller.post("/v1/models/diabetes/predict", "{\"instance\": " + MARKER),
            caller.post(
                "/v1/models/diabetes/predict",
                "{\"instance\": " + Bodies.rowWith("diabetes", "sex", "\"" + MARKER + "\"") + "}"));
    assertThat(answers).allSatisfy(Problems::requireSound);
    assertThat(labels()).isNotEmpty().noneMatch(label -> label.contains(MARKER));
  }

  @Test
  void countRefusalsByTheirKind() {
    double before = refused("malformed-json");
    caller.post("/v1/predict", "{");
    assertThat(refused("malformed-json")).isEqualTo(before + 1);
  }

  private double refused(String kind) {
    return meters.counter("evenkeel.refused", "kind", kind).count();
  }

  private Stream<String> labels() {
    return meters.getMeters().stream()
        .map(Meter::getId)
        .flatMap(
            id -> Stream.concat(Stream.of(id.getName()), id.getTags().stream().map(Tag::getValue)));
  }
}
