package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.List;

/** A models' folder whose cards attack whoever reads them, lack something, or are of no use. */
final class CardModels extends ServedFolder {
  /** Breaks out of texts, attributes, style sheets and comments, where any of them lets it. */
  static final String ATTACK =
      "\\\"'></style></title><script>alert(1)</script><img src=x onerror=alert(2)><!-- &lt;\\0\\x1F";

  private static final String HOSTILE_CARD =
      """
      summary: "ATTACK"
      owner: "ATTACK"
      licence: {"ATTACK": "ATTACK"}
      intendedUse: ["ATTACK", "ATTACK"]
      outOfScope: "one ATTACK\\n\\ntwo ATTACK"
      trainingData: [{"ATTACK": "ATTACK", "n": 1}, {"ATTACK": "ATTACK"}]
      metrics: {"ATTACK": {"ATTACK": 0.5}, "more ATTACK": {"ATTACK": 12345}}
      limits: [{"ATTACK": ["ATTACK", {"ATTACK": null}]}]
      ethicalNotes: {"ATTACK": 0.25, other: 1}
      "ATTACK": "ATTACK"
      "further ATTACK": [["ATTACK"], [true, 2.5, null]]
      link: "javascript:alert(1)"
      half: "\\ud800 and \\u202e"
      """
          .replace("ATTACK", ATTACK);

  private static final String HOSTILE_CONTRACT =
      """
      schemaVersion: 1.0.0
      description: "ATTACK"
      deprecated: {since: 2020-01-01, sunset: 2999-01-01, message: "ATTACK"}
      features:
        - {name: x, type: number, minimum: -5, maximum: 20000, unit: "ATTACK", description: "ATTACK", sensitive: true}
        - {name: kind, type: category, values: ["ATTACK", b], required: false, deprecated: "ATTACK"}
      inputs:
        - {tensor: X, columns: [{feature: x}]}
      outputs: {task: regression, value: value}
      """
          .replace("ATTACK", ATTACK);

  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    models.copy("diabetes/1", "diabetes/1");
    models
        .make(
            "hostile/1",
            "poison",
            HOSTILE_CONTRACT,
            "{\"instance\": {\"x\": 4, \"kind\": \"b\"}, \"prediction\": {\"value\": 8}}\n")
        .write("card.yaml", HOSTILE_CARD)
        .seal();
    models.makeDoubling("bare/1");
    models.copy("diabetes/1", "failed/1").replace("contract.yaml", "tensor: X", "tensor: Y").seal();
    models.writeRoutes("default: diabetes\n");
    return List.of("evenkeel.models.path=" + root);
  }
}
