package io.evenkeel.api;

import io.evenkeel.contract.YamlNode;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.routing.Routing;
import io.evenkeel.serving.shadow.Agreement;
import io.evenkeel.serving.shadow.DropReason;
import io.evenkeel.serving.shadow.Shadow;
import io.evenkeel.serving.shadow.ShadowReport;
import io.evenkeel.serving.shadow.ShadowReport.Figures;
import io.evenkeel.serving.shadow.ShadowReport.LabelPair;
import io.evenkeel.serving.shadow.ShadowReport.Pair;
import io.evenkeel.serving.shadow.ShadowReport.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a model's shadow compares, as JSON values. Thread-safe. */
final class ShadowDescription {
  private final ModelRegistry registry;
  private final Shadow shadow;

  ShadowDescription(ModelRegistry registry, Shadow shadow) {
    this.registry = registry;
    this.shadow = shadow;
  }

  /**
   * The report of a model's shadow.
   *
   * @throws RefusedRequest if there is no such model, or it has no shadow
   */
  Object of(String model) {
    if (registry.findVersions(model) == null) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchModel(model)));
    }
    ShadowReport report = shadow.report(model);
    if (report == null) {
      throw new RefusedRequest(
          ProblemKind.NO_SUCH_RESOURCE,
          "the model `"
              + model
              + "` has no shadow; name one in its route, for example `shadow: {version: \"2\","
              + " share: 10%}`");
    }
    return describe(report, size(model, report.pair()));
  }

  private GroupSize size(String model, @Nullable Pair pair) {
    return GroupSize.of(pair == null ? null : registry.find(model, pair.stable()));
  }

  private static Map<String, @Nullable Object> describe(ShadowReport report, GroupSize size) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("model", report.shadowing().model());
    described.put("shadow", report.shadowing().version());
    described.put("share", report.shadowing().split().share().toString());
    described.put("sinceRevision", report.shadowing().since());
    described.put("at", report.at().toString());
    described.put("verdict", report.verdict());
    described.put("pair", pair(report.pair()));
    described.put("rows", rows(report.rows()));
    described.put("dropped", dropped(report));
    describe(report.answers(), size, described);
    Map<String, @Nullable Object> seconds = new LinkedHashMap<>();
    seconds.put("stable", figures(report.laneSeconds().stable()));
    seconds.put("candidate", figures(report.laneSeconds().candidate()));
    described.put("laneSeconds", seconds);
    return described;
  }

  private static @Nullable Object pair(@Nullable Pair pair) {
    if (pair == null) {
      return null;
    }
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("stable", pair.stable());
    described.put("stableContract", pair.stableContract());
    described.put("candidateContract", pair.candidateContract());
    described.put("since", pair.since().toString());
    return described;
  }

  private static Object rows(Rows rows) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("taken", rows.taken());
    described.put("compared", rows.compared());
    described.put("agree", rows.agree());
    described.put("differ", rows.differ());
    described.put("failed", rows.failed());
    described.put("late", rows.late());
    return described;
  }

  private static Object dropped(ShadowReport report) {
    Map<String, Object> described = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      described.put(reason.word(), report.dropped(reason));
    }
    return described;
  }

  private static void describe(
      ShadowReport.Answers answers, GroupSize size, Map<String, @Nullable Object> described) {
    described.put("agreement", agreement(answers.agreement()));
    described.put(
        "measure", answers.measure() == null ? null : YamlNode.written(answers.measure()));
    described.put("distance", figures(answers.distance()));
    described.put("absoluteDifference", figures(answers.absolute()));
    described.put("incomparable", answers.incomparable());
    List<LabelPair> shown =
        answers.labels().stream().filter(pair -> size.shows(pair.rows())).toList();
    described.put("labels", shown.stream().map(ShadowDescription::labels).toList());
    if (size.isBound()) {
      described.put("minimumGroup", size.least());
      described.put("withheld", answers.labels().size() - shown.size());
    }
    described.put("unlisted", answers.unlisted());
  }

  private static @Nullable Object agreement(@Nullable Agreement agreement) {
    if (agreement == null) {
      return null;
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("share", agreement.share());
    described.put("least", agreement.least());
    described.put("most", agreement.most());
    return described;
  }

  private static Object labels(LabelPair pair) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("stable", pair.stable());
    described.put("candidate", pair.candidate());
    described.put("rows", pair.rows());
    return described;
  }

  private static @Nullable Object figures(@Nullable Figures figures) {
    if (figures == null) {
      return null;
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("rows", figures.rows());
    described.put("mean", figures.mean());
    described.put("p50", figures.p50());
    described.put("p95", figures.p95());
    described.put("p99", figures.p99());
    described.put("max", figures.max());
    return described;
  }
}
