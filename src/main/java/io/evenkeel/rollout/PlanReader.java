package io.evenkeel.rollout;

import io.evenkeel.contract.Quantity;
import io.evenkeel.contract.YamlNode;
import io.evenkeel.rollout.RolloutPlan.AfterMaxStepTime;
import io.evenkeel.rollout.RolloutPlan.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a plan out of its document, and notes every mistake where it stands. */
final class PlanReader {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?) ?%");
  private static final Pattern PER_MINUTE = Pattern.compile("([1-9]\\d{0,6})/m");

  /** To go on with where the document has none that can be used. */
  private static final RolloutPlan STAND_IN =
      new RolloutPlan(
          List.of(new Step(0.01, Duration.ofMinutes(30), 200)),
          Duration.ofDays(1),
          AfterMaxStepTime.PAUSE,
          0.05,
          PerKey.ONCE,
          List.of(new Limit.Failures(1.5, 0.001, 1)));

  private final YamlNode document;

  PlanReader(YamlNode document) {
    this.document = document;
  }

  RolloutPlan read() {
    document.allowKeys(
        Set.of(
            "steps",
            "stepTime",
            "stepRequests",
            "maxStepTime",
            "afterMaxStepTime",
            "falseRollbackRate",
            "perKey",
            "limits"));
    List<Step> steps = steps();
    List<Limit> limits = limits();
    Duration maxStepTime = duration(document, "maxStepTime", Duration.ofDays(1));
    AfterMaxStepTime after =
        document.choice("afterMaxStepTime", AfterMaxStepTime.class, AfterMaxStepTime.PAUSE);
    double rate = percent(document, "falseRollbackRate", 0.05);
    PerKey perKey = perKey();
    if (steps.isEmpty() || limits.isEmpty()) {
      return STAND_IN;
    }
    RolloutPlan plan =
        orMistake(document, () -> new RolloutPlan(steps, maxStepTime, after, rate, perKey, limits));
    return plan == null ? STAND_IN : plan;
  }

  private List<Step> steps() {
    Duration time = duration(document, "stepTime", Duration.ofMinutes(30));
    int requests = document.integer("stepRequests", 200);
    List<YamlNode> items = document.items("steps");
    if (items.isEmpty()) {
      document.mistake("the plan has no steps", "add for example `steps: [1%, 5%, 25%, 50%]`");
    }
    List<Step> steps = new ArrayList<>();
    for (YamlNode item : items) {
      item.allowKeys(Set.of("share", "time", "requests"));
      YamlNode share = item.isMapping() ? item.find("share") : item;
      if (share == null) {
        item.mistake("the step has no `share`", "add for example `share: 5%`");
        continue;
      }
      Step step =
          orMistake(
              item,
              () ->
                  new Step(
                      percent(share, 0.01),
                      duration(item, "time", time),
                      item.integer("requests", requests)));
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private PerKey perKey() {
    String text = document.findText("perKey");
    if (text == null || text.equals("once")) {
      return PerKey.ONCE;
    }
    Matcher form = PER_MINUTE.matcher(text);
    if (!form.matches()) {
      document.mistake(
          "`" + text + "` is no value of `perKey`", "write `once`, or a number such as `10/m`");
      return PerKey.ONCE;
    }
    PerKey perKey = orMistake(document, () -> new PerKey(Integer.parseInt(form.group(1))));
    return perKey == null ? PerKey.ONCE : perKey;
  }

  private List<Limit> limits() {
    YamlNode limits = document.find("limits");
    if (limits == null || limits.members().isEmpty()) {
      document.mistake(
          "the plan has no limits", "add for example `limits: {failures: {}, latency: {}}`");
      return List.of();
    }
    limits.allowKeys(Set.of("failures", "latency", "confidence", "disagreement", "outcomes"));
    List<Limit> read = new ArrayList<>();
    limits
        .members()
        .forEach((detector, node) -> {
          Limit limit = orMistake(node, () -> limit(detector, node));
          if (limit != null) {
            read.add(limit);
          }
        });
    return read;
  }

  private static @Nullable Limit limit(String detector, YamlNode node) {
    if (!node.isMapping()) {
      node.mistake("the limit on " + detector + " is no mapping", "write `{}` for the defaults");
      return null;
    }
    double weight = node.number("weight", 1);
    return switch (detector) {
      case "failures" -> {
        node.allowKeys(Set.of("ratio", "allowance", "weight"));
        yield new Limit.Failures(
            node.number("ratio", 1.5), percent(node, "allowance", 0.001), weight);
      }
      case "latency" -> {
        node.allowKeys(Set.of("ratio", "quantiles", "weight"));
        yield new Limit.Latency(node.number("ratio", 1.25), quantiles(node), weight);
      }
      case "confidence" -> {
        node.allowKeys(Set.of("tolerance", "weight"));
        yield new Limit.Confidence(percent(node, "tolerance", 0.25), weight);
      }
      case "disagreement" -> {
        node.allowKeys(Set.of("atMost", "distance", "weight"));
        yield new Limit.Disagreement(
            percent(node, "atMost", 0.05), node.number("distance", 0.2), weight);
      }
      case "outcomes" -> outcomes(node, weight);
      default -> null; // The key is unknown, which is noted already.
    };
  }

  private static Limit outcomes(YamlNode node, double weight) {
    String measure = node.findText("measure");
    double ratio = node.number("ratio", 1.1);
    int atLeast = node.integer("atLeast", 100);
    if ("loss".equals(measure)) {
      node.allowKeys(Set.of("measure", "ratio", "quantiles", "atLeast", "weight"));
      return new Limit.Loss(ratio, quantiles(node), atLeast, weight);
    }
    node.allowKeys(Set.of("measure", "ratio", "allowance", "atLeast", "weight"));
    if (measure != null && !measure.equals("wrong")) {
      node.mistake(
          "`" + measure + "` is no value of `measure`",
          "write `wrong` for classes, `loss` for numbers");
    }
    return new Limit.Wrong(ratio, percent(node, "allowance", 0), atLeast, weight);
  }

  private static List<Double> quantiles(YamlNode node) {
    if (node.find("quantiles") == null) {
      return List.of(0.5, 0.95);
    }
    return node.items("quantiles").stream().map(item -> percent(item, 0.5)).toList();
  }

  private static Duration duration(YamlNode node, String key, Duration fallback) {
    return node.find(key) == null
        ? fallback
        : Duration.ofMillis(Quantity.DURATION.require(node, key));
  }

  private static double percent(YamlNode node, String key, double fallback) {
    YamlNode child = node.find(key);
    return child == null ? fallback : percent(child, fallback);
  }

  private static double percent(YamlNode node, double fallback) {
    Matcher form = PERCENT.matcher(node.text());
    if (!form.matches()) {
      node.mistake(
          "`" + node.text() + "` is no share in percent",
          "write it with its sign and at most four decimals, such as `5%`");
      return fallback;
    }
    return new BigDecimal(form.group(1)).movePointLeft(2).doubleValue();
  }

  /** What a record refuses is a mistake of the document. */
  private static <T> @Nullable T orMistake(YamlNode node, Supplier<@Nullable T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      node.mistake(String.valueOf(e.getMessage()), "correct it; docs/rollouts.md says what fits");
      return null;
    }
  }
}
