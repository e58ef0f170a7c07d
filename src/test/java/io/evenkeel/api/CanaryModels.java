package io.evenkeel.api;

import io.evenkeel.keyring.KeyFile;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loan applications of which features of each type are sensitive, with a shadow, and a model that
 * fails. Everything that may tell of requests is switched on.
 */
final class CanaryModels extends ServedFolder {
  static final String STATE = "jdbc:h2:mem:scanned;DB_CLOSE_DELAY=-1";

  /** Sensitive beside {@code date_of_birth}, which is already. */
  private static final List<String> SENSITIVE =
      List.of("amount", "income", "partner_income", "job_title", "utilisation", "housing");

  /** Everything that may be told of rows is, and the group by a sensitive feature is kept. */
  private static final String TOLD =
      """

      audit: {values: all}
      disclosure: {minimumGroup: 1, statistics: {epsilon: 100, budget: 100, per: 1d}}
      fairness: {attribute: income, bands: [20000, 60000], keepSensitive: true}
      outputs:
      """;

  private static final String FAILING =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number, sensitive: true}
      outputs: {task: regression, value: value}
      degradation:
        - cache: {maxAge: 1h, maxBytes: 1MB}
        - fallback: {version: "2"}
      """;

  @Override
  List<String> fill(Path root) throws IOException {
    make(new ScratchModels(Files.createDirectory(root.resolve("models"))));
    SigningKey.make(root.resolve("audit.pem"));
    new KeyFile(root.resolve("audit.keys")).add("k1");
    return List.of(
        "evenkeel.models.path=" + root.resolve("models"),
        "evenkeel.audit.mode=durable",
        "evenkeel.audit.patience=30s",
        "evenkeel.audit.path=" + root.resolve("audit"),
        "evenkeel.audit.signing-key=" + root.resolve("audit.pem"),
        "evenkeel.keyring.file=" + root.resolve("audit.keys"),
        "evenkeel.state.url=" + STATE,
        "evenkeel.request-log.rate=1",
        "evenkeel.drift.window=200",
        "evenkeel.drift.save=100ms",
        "evenkeel.drift.max-rows-per-second=100000",
        "logging.level.io.evenkeel=DEBUG");
  }

  private static void make(ScratchModels models) {
    for (String version : List.of("1", "2")) {
      ScratchVersion loans = models.copy("loan-default/1", "loan-default/" + version);
      SENSITIVE.forEach(
          name -> loans.replace("contract.yaml", "- name: " + name + "\n", sensitive(name)));
      loans.replace("contract.yaml", "\noutputs:\n", TOLD).seal();
      models.make(
          "failing/" + version,
          "poison",
          FAILING,
          "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}}\n");
    }
    models.writeRoutes(
        """
        default: loan-default
        models:
          loan-default: {stable: "1", shadow: {version: "2", share: 100%}}
          failing: {stable: "1"}
        """);
  }

  private static String sensitive(String name) {
    return "- name: " + name + "\n    sensitive: true\n";
  }
}
