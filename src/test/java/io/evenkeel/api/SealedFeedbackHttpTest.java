package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.keyring.KeyFile;
import io.evenkeel.registry.ScratchModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Outcomes and quality of predictions that are kept sealed, while their keys come and go. */
@ServingTest
@ContextConfiguration(initializers = SealedFeedbackHttpTest.Keys.class)
@DirtiesContext
class SealedFeedbackHttpTest {
  private static final String STATE = "jdbc:h2:mem:sealed;DB_CLOSE_DELAY=-1";

  private final Caller caller;
  private final Path keys;

  SealedFeedbackHttpTest(Caller caller, @Value("${evenkeel.keyring.file}") Path keys) {
    this.caller = caller;
    this.keys = keys;
  }

  /** Loan applications, whose groups are kept too, and a file of keys. */
  static final class Keys extends ServedFolder {
    @Override
    List<String> fill(Path root) throws IOException {
      ScratchModels models = new ScratchModels(Files.createDirectory(root.resolve("models")));
      models
          .copy("loan-default/1", "loan-default/1")
          .replace("contract.yaml", "\noutputs:\n", "\nfairness: {attribute: housing}\noutputs:\n")
          .seal();
      models.writeRoutes("default: loan-default\nmodels:\n  loan-default: {stable: '1'}\n");
      new KeyFile(root.resolve("keys")).add("k1");
      return List.of(
          "evenkeel.models.path=" + root.resolve("models"),
          "evenkeel.keyring.file=" + root.resolve("keys"),
          "evenkeel.keyring.poll=10ms",
          "evenkeel.quality.min-outcomes=1",
          "evenkeel.state.url=" + STATE);
    }
  }

  private String predict() {
    Answer answer = caller.post("/v1/predict", Bodies.single(Bodies.row("loan-default")));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("id").stringValue();
  }

  private Answer judge(String id, String outcome) {
    return caller.post(
        "/v1/feedback", "{\"id\": \"" + id + "\", \"outcome\": \"" + outcome + "\"}");
  }

  private JsonNode quality() {
    Answer answer = caller.get("/v1/models/loan-default/quality?version=1");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().at("/versions/0");
  }

  private static List<String> table() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(STATE, "evenkeel", "");
        ResultSet found =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT predicted, row_group, outcome_label, sealed, outcome_sealed"
                        + " FROM evenkeel_prediction")) {
      while (found.next()) {
        rows.add(found.getString(1) + found.getString(2) + found.getString(3));
        assertThat(found.getBytes(4)).startsWith(1, 2, 'k', '1');
        assertThat(found.getBytes(5)).startsWith(1, 2, 'k', '1');
      }
    }
    return rows;
  }

  private double unreadable() {
    return caller
        .getOperations("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("evenkeel_feedback_unreadable_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void qualityIsMeasuredOfSealedPredictionsAsLongAsTheirKeyIsThere() throws Exception {
    String first = predict();
    assertThat(judge(first, "repaid").json().get("result").stringValue()).isEqualTo("recorded");

    assertThat(table()).as("nothing is in the clear").containsExactly("nullnullnull");
    assertThat(quality().at("/outcomes/count").intValue()).isEqualTo(1);
    assertThat(quality().at("/fairness/attribute").stringValue()).isEqualTo("housing");
    assertThat(unreadable()).isZero();

    new KeyFile(keys).add("k2");
    assertThat(judge(first, "defaulted").json().get("result").stringValue()).isEqualTo("replaced");

    Path anew = keys.resolveSibling("anew");
    new KeyFile(anew).add("k3");
    Files.move(anew, keys, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Await.until(() -> judge(first, "repaid").status() == 404);

    assertThat(quality().at("/outcomes/count").intValue()).isZero();
    assertThat(unreadable()).isPositive();
    String second = predict();
    assertThat(judge(second, "repaid").json().get("result").stringValue()).isEqualTo("recorded");
    assertThat(quality().at("/outcomes/count").intValue()).isEqualTo(1);
  }
}
