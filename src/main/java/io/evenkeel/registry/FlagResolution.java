package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Enforcement;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lines of {@code rules.yaml} against the versions that serve: each line's rule has to be
 * one of theirs, and their models have to bear what comes through. A version that serves nobody has
 * no say. Used once, by one thread.
 */
final class FlagResolution {
  private final ModelRegistry registry;
  private final @Nullable Candidate candidate;

  /** By version, what is switched by the lines that name its model, then by those that name it. */
  private final Map<ModelVersion, Map<RuleFlags.Key, RulesFile.Line>> found = new LinkedHashMap<>();

  FlagResolution(ModelRegistry registry) {
    this(registry, null);
  }

  /**
   * @param candidate serves in the place of the version of its name; null for none
   */
  FlagResolution(ModelRegistry registry, @Nullable Candidate candidate) {
    this.registry = registry;
    this.candidate = candidate;
  }

  /** The parts of a version that is about to serve. */
  record Candidate(ModelVersion version, Servable servable) {}

  private @Nullable Servable servable(ModelVersion version) {
    return candidate != null
            && candidate.version().version().equals(version.version())
            && candidate.version().model().equals(version.model())
        ? candidate.servable()
        : version.servable();
  }

  /** The flags of each version that is named; mistakes are noted in the document. */
  Map<Servable, RuleFlags> resolve(List<RulesFile.Line> lines) {
    lines.stream().filter(line -> line.version() == null).forEach(this::place);
    lines.stream().filter(line -> line.version() != null).forEach(this::place);
    Map<Servable, RuleFlags> flags = new LinkedHashMap<>();
    found.forEach((version, switched) -> {
      Servable servable = servable(version);
      if (servable != null) {
        flags.put(servable, borne(version, servable, switched));
      }
    });
    return flags;
  }

  private void place(RulesFile.Line line) {
    List<ModelVersion> targets = targets(line);
    if (targets == null) {
      return;
    }
    List<Contract> contracts = new ArrayList<>();
    boolean declared = false;
    for (ModelVersion target : targets) {
      Servable servable = servable(target);
      if (servable == null) {
        continue;
      }
      contracts.add(servable.contract());
      if (servable.contract().switchable().contains(line.key())) {
        declared = true;
        found.computeIfAbsent(target, version -> new LinkedHashMap<>()).put(line.key(), line);
      }
    }
    if (!declared && !contracts.isEmpty()) {
      noteUndeclared(line, contracts);
    }
  }

  private @Nullable List<ModelVersion> targets(RulesFile.Line line) {
    List<ModelVersion> ofModel = registry.findVersions(line.model());
    if (ofModel == null) {
      member(line, "model")
          .mistakeOfName("there is no model `" + line.model() + "`", registry.models());
      return null;
    }
    if (line.version() == null) {
      return ofModel;
    }
    ModelVersion pinned = registry.find(line.model(), line.version());
    if (pinned == null) {
      member(line, "version")
          .mistake(
              "the model `" + line.model() + "` has no version `" + line.version() + "`",
              "use one of " + ofModel.stream().map(ModelVersion::version).toList());
      return null;
    }
    return List.of(pinned);
  }

  private static void noteUndeclared(RulesFile.Line line, List<Contract> contracts) {
    String feature = line.key().feature();
    boolean isFeature =
        feature.isEmpty()
            || contracts.stream().anyMatch(contract -> contract.indexOf(feature) >= 0);
    if (!isFeature) {
      member(line, "feature")
          .mistakeOfName(
              "the model `" + line.model() + "` has no feature `" + feature + "`",
              contracts.stream().flatMap(contract -> contract.names().stream()).toList());
      return;
    }
    TreeSet<String> declared =
        contracts.stream()
            .flatMap(contract -> contract.switchable().stream())
            .filter(key -> key.feature().equals(feature))
            .map(RuleFlags.Key::rule)
            .collect(Collectors.toCollection(TreeSet::new));
    line.node()
        .mistake(
            "the contract has no rule " + line.words() + " that refuses anything",
            declared.isEmpty()
                ? "drop the line"
                : "use one it has: " + String.join(", ", declared) + "; or drop the line");
  }

  private static YamlNode member(RulesFile.Line line, String key) {
    return Objects.requireNonNull(line.node().find(key), key);
  }

  /**
   * The flags that the version's model bears, all together; each line that is too much is noted.
   */
  private static RuleFlags borne(
      ModelVersion version, Servable servable, Map<RuleFlags.Key, RulesFile.Line> switched) {
    Map<RuleFlags.Key, Enforcement> wanted = new LinkedHashMap<>();
    switched.forEach((key, line) -> {
      if (line.mode() != Enforcement.ENFORCED) {
        wanted.put(key, line.mode());
      }
    });
    RuleFlags all = new RuleFlags(wanted);
    if (reasonAgainst(all, servable) == null) {
      return all;
    }
    Map<RuleFlags.Key, Enforcement> borne = new HashMap<>();
    wanted.forEach((key, mode) -> {
      borne.put(key, mode);
      Mistake reason = reasonAgainst(new RuleFlags(borne), servable);
      if (reason != null) {
        borne.remove(key);
        RulesFile.Line line = Objects.requireNonNull(switched.get(key));
        line.node()
            .mistake(
                "without "
                    + line.words()
                    + ", "
                    + version
                    + " would get rows that its inputs can't take: "
                    + reason.file()
                    + ":"
                    + reason.line()
                    + ": "
                    + reason.cause(),
                "leave the rule enforced, or make the model ready for such rows first");
      }
    });
    return new RuleFlags(borne);
  }

  private static @Nullable Mistake reasonAgainst(RuleFlags flags, Servable servable) {
    try {
      servable.rules().check(flags);
      return null;
    } catch (UnusableModelException e) {
      return e.mistakes().getFirst();
    }
  }
}
