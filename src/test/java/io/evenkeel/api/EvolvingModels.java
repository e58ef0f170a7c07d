package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A models' folder of versions that follow on each other or end, and of loan models that do to
 * their clients what contracts may not do.
 */
final class EvolvingModels extends ServedFolder {
  private static final String ROUTES =
      """
      default: loan-default
      models:
        broken: {stable: "2"}
        forced: {stable: "2", acceptBreaking: true}
        gone:
          stable: "1"
          deprecated: {"1": {since: 2020-01-01, sunset: 2021-01-01, message: there is no other}}
        leaving:
          stable: "1"
          deprecated: {"1": {since: 2020-01-01, sunset: 2999-01-01, message: use 2}}
        loan-ending:
          deprecated: {"1": {since: 2020-01-01, sunset: 2999-01-01}}
      """;

  @Override
  List<String> fill(Path root) {
    make(new ScratchModels(root), root);
    return List.of("evenkeel.models.path=" + root);
  }

  private static void make(ScratchModels models, Path root) {
    for (String model : new String[] {"broken", "forced", "waiting"}) {
      models.makeDoubling(model + "/1");
      models
          .makeDoubling(model + "/2")
          .replace("contract.yaml", "type: number", "type: number, maximum: 9")
          .seal();
    }
    models.makeDoubling("gone/1");
    models.makeDoubling("leaving/1");
    models.makeDoubling("leaving/2");
    models
        .makeDoubling("ending/1")
        .replace("contract.yaml", "features:", "deprecated: {since: 2998-01-01}\nfeatures:")
        .seal();
    models.copy("loan-default/1", "loan-default/1");
    models.copy("loan-default/1", "loan-ending/1");
    loan(models, root, "loan-narrowed")
        .replace("contract.yaml", "maximum: 84", "maximum: 60")
        .seal();
    loan(models, root, "loan-relabelled")
        .replace("contract.yaml", "[repaid, defaulted]", "[paid, defaulted]")
        .replace("golden.jsonl", "repaid", "paid")
        .seal();
    loan(models, root, "loan-major")
        .replace("contract.yaml", "schemaVersion: 1.", "schemaVersion: 2.")
        .seal();
    models.writeRoutes(ROUTES);
  }

  /** With its first golden example only, which keeps a narrower contract too. */
  private static ScratchVersion loan(ScratchModels models, Path root, String model) {
    ScratchVersion version = models.copy("loan-default/1", model + "/1");
    try {
      String golden = Files.readAllLines(root.resolve(model + "/1/golden.jsonl")).getFirst();
      return version.write("golden.jsonl", golden + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
