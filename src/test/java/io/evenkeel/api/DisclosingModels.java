package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.nio.file.Path;
import java.util.List;

/** Bundled models whose contracts hold something back, or compare groups. */
final class DisclosingModels extends ServedFolder {
  static final int MINIMUM_GROUP = 20;

  @Override
  List<String> fill(Path root) {
    ScratchModels models = new ScratchModels(root);
    copy(models, "breast-cancer/1", "label/1", "disclosure: {probabilities: labelOnly}");
    // Falls back to version 1, and keeps answers.
    copy(models, "breast-cancer/2", "label/2", "disclosure: {probabilities: {digits: 1}}");
    copy(models, "digits/1", "top/1", "disclosure: {probabilities: {top: 3, digits: 2}}");
    copy(
        models,
        "loan-default/1",
        "loan/1",
        "disclosure: {minimumGroup: "
            + MINIMUM_GROUP
            + ", statistics: {epsilon: 1, budget: 2, per: 30d}}\n"
            + "fairness: {attribute: housing, favourable: repaid}");
    models.writeRoutes("default: label\nmodels:\n  label: {stable: \"1\"}\n");
    return List.of("evenkeel.models.path=" + root);
  }

  private static void copy(ScratchModels models, String bundled, String as, String sections) {
    models
        .copy(bundled, as)
        .replace("contract.yaml", "\noutputs:\n", "\n" + sections + "\noutputs:\n")
        .seal();
  }
}
