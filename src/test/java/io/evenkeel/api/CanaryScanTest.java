package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * Values of sensitive features that occur nowhere else are sent by every way in, right and wrong;
 * then every way out is searched for them: answers, logs, metrics, reports, pages, the database,
 * the audit log.
 */
@ServingTest
@ContextConfiguration(initializers = CanaryModels.class)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class CanaryScanTest {
  private static final String LOANS = "/v1/models/loan-default";

  /** By feature: values that its contract takes, and some that it doesn't. */
  private static final Map<String, List<String>> CANARIES =
      Map.of(
          "amount", List.of("48151.623429", "4815162342", "\"4815162342\""),
          "income", List.of("48151.623429", "4815162342", "-4815162342", "[48151.623429]"),
          "partner_income", List.of("48151.623429", "4815162342", "{\"a\": 48151.623429}"),
          "job_title",
              List.of("\"quokka keeper\"", "\"<quokka>\"", "\"quokka" + "y".repeat(99) + "\""),
          "utilisation", List.of("48.151623429", "4815162342", "true, \"x\": 4815162342"),
          "housing", List.of("\"quokka\"", "4815162342"),
          "date_of_birth", List.of("\"1961-07-23\"", "\"1861-07-23\"", "\"23.07.1961\""));

  /** As they are, and as somebody might write them instead; too long to occur by chance. */
  private static final List<String> TRACES =
      List.of(
          "48151.623",
          "48151623",
          "48,151",
          "48.151623",
          "4.8151623",
          "quokka",
          "1961-07-23",
          "1861-07-23",
          "23.07.1961");

  private static final List<String> ASKED =
      List.of(
          "/v1/models",
          LOANS,
          LOANS + "/versions/1",
          LOANS + "/schema",
          LOANS + "/card",
          LOANS + "/validation-report",
          LOANS + "/drift",
          LOANS + "/shadow",
          LOANS + "/quality",
          LOANS + "/statistics",
          "/v1/models/failing/quality",
          "/v1/models/failing/validation-report",
          "/v1/admin/routes",
          "/v1/admin/journal",
          "/v3/api-docs");

  private static final List<String> OPERATIONS =
      List.of("health", "prometheus", "slo", "info", "metrics", "bulkheads");

  private final Caller caller;
  private final Path auditLog;
  private final List<String> outputs = new ArrayList<>();

  CanaryScanTest(Caller caller, @Value("${evenkeel.audit.path}") Path auditLog) {
    this.caller = caller;
    this.auditLog = auditLog;
  }

  @Test
  void findsNoValueOfASensitiveFeatureInAnyOutput(CapturedOutput log) throws Exception {
    List<String> rows = rows();
    for (String row : rows) {
      send("/predict", Bodies.instance(row));
      send("/versions/2/predict", Bodies.instance(row));
      send("/validate", Bodies.instance(row));
      send("/explain", Bodies.instance(row));
      send("/predict/batch", Bodies.batch(List.of(row, row)));
      send("/predict/batch?mode=all-or-nothing", Bodies.batch(List.of(row)));
      send("/predict", Bodies.instance(row) + row);
    }
    for (int i = 0; i < 300; i++) {
      post(LOANS + "/predict", Bodies.instance(rows.getFirst()));
    }
    failAndDegrade();
    judge();
    Await.until(() -> caller.get(LOANS + "/drift").json().at("/versions/0/rows").asLong(0) > 300);

    ASKED.forEach(path -> outputs.add(path + "\n" + caller.get(path)));
    outputs.add(caller.get(LOANS + "/card", "Accept", "text/html").toString());
    OPERATIONS.forEach(name -> outputs.add(caller.getOperations("/actuator/" + name).toString()));
    outputs.add("the log\n" + log.getAll());
    outputs.add("the database\n" + database());
    outputs.addAll(auditLog());

    assertThat(outputs).hasSizeGreaterThan(150);
    assertThat(outputs)
        .as("some requests are served")
        .anySatisfy(output -> assertThat(output).contains("\"prediction\""));
    for (String output : outputs) {
      for (String trace : TRACES) {
        assertThat(SensitiveValueTest.told(output)).doesNotContainIgnoringCase(trace);
      }
    }
  }

  private static List<String> rows() {
    return CANARIES.entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(value -> Map.entry(of.getKey(), value)))
        .map(one -> Bodies.rowWith("loan-default", one.getKey(), one.getValue()))
        .toList();
  }

  private void send(String path, String body) {
    post(LOANS + path, body);
  }

  private void post(String path, String body) {
    outputs.add(path + "\n" + caller.post(path, body));
  }

  /** The model fails on 666, alone and beside a canary; of others it answers twice the number. */
  private void failAndDegrade() {
    String path = "/v1/models/failing/predict";
    Stream.of("4815162342", "666", "4815162342", "\"4815162342\"")
        .forEach(value -> post(path, "{\"instance\": {\"x\": " + value + "}}"));
    post(path + "/batch", "{\"instances\": [{\"x\": 666}, {\"x\": 48151.623429}, {\"x\": null}]}");
  }

  private void judge() {
    Answer answer = caller.post(LOANS + "/predict", Bodies.instance(rows().getFirst()));
    String id = answer.json().path("id").asString("");
    post("/v1/feedback", "{\"id\": \"" + id + "\", \"outcome\": \"repaid\"}");
    post("/v1/feedback", "{\"id\": \"" + id + "\", \"outcome\": \"neither\"}");
  }

  /** Its files, whose values are encrypted. */
  private List<String> auditLog() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(auditLog)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.add(file + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(files).anySatisfy(file -> assertThat(file).contains("\"values\""));
    return files;
  }

  private static String database() throws SQLException {
    StringBuilder script = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(CanaryModels.STATE, "evenkeel", "");
        ResultSet lines = connection.createStatement().executeQuery("SCRIPT")) {
      while (lines.next()) {
        script.append(lines.getString(1)).append('\n');
      }
    }
    return script.toString();
  }
}
