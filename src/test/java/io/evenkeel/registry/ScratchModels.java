package io.evenkeel.registry;

import io.evenkeel.admission.Lane;
import io.evenkeel.admission.LaneSettings;
import io.evenkeel.admission.LaneWatch;
import io.evenkeel.admission.LatencyBudget;
import io.evenkeel.contract.Deprecation;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.SignatureCheck;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * A models' folder that a test fills, with copies of bundled versions and with the graphs of {@code
 * src/test/resources/graphs}.
 *
 * @param root the folder, empty at first
 */
public record ScratchModels(Path root) {
  private static final LaneSettings.Limits LIMITS = new LaneSettings.Limits(1024, 1024, 16);
  private static final LatencyBudget BUDGET =
      new LatencyBudget(Duration.ofSeconds(10), Duration.ofSeconds(10));

  /**
   * Copies a bundled version.
   *
   * @param bundled such as {@code diabetes/1}
   * @param as its place in this folder, such as {@code broken/1}
   */
  public ScratchVersion copy(String bundled, String as) {
    try (Stream<Path> files = Files.list(Path.of("models").resolve(bundled))) {
      Path folder = Files.createDirectories(root.resolve(as));
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(ModelFolder.name(file)));
      }
      return new ScratchVersion(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a version of a test graph, with a contract and golden examples, sealed. */
  public ScratchVersion make(String as, String graph, String contract, String golden) {
    try {
      Path folder = Files.createDirectories(root.resolve(as));
      Path source = Path.of("src/test/resources/graphs", graph + ".onnx");
      Files.copy(source, folder.resolve(ModelFolder.GRAPH));
      return new ScratchVersion(folder)
          .write("contract.yaml", contract)
          .write(ModelFolder.GOLDEN, golden)
          .seal();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A version that answers with its only feature {@code x}, doubled, and fails on 666. */
  public ScratchVersion makeDoubling(String as) {
    return makeDoubling(as, "");
  }

  /**
   * The same with ways to degrade.
   *
   * @param ways the items of the contract's section, such as {@code - default: {value: 1}}, one a
   *     line
   */
  public ScratchVersion makeDoubling(String as, String ways) {
    return make(
        as,
        "poison",
        """
        schemaVersion: 1.0.0
        features:
          - {name: x, type: number}
        outputs: {task: regression, value: value}
        """
            + (ways.isEmpty() ? "" : "degradation:\n" + ways),
        "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}}\n");
  }

  /** A version that answers with its only feature {@code x}, four times, and fails on 333. */
  public ScratchVersion makeFourfold(String as) {
    return make(
        as,
        "poison",
        """
        schemaVersion: 1.0.0
        features:
          - {name: x, type: number}
        inputs:
          - {tensor: X, columns: [{feature: x, transforms: [{standardize: {mean: 0, scale: 0.5}}]}]}
        outputs: {task: regression, value: value}
        """,
        "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 16}}\n");
  }

  public void writeRoutes(String yaml) {
    try {
      Files.writeString(root.resolve("routes.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of a server that looks at this folder, with room for some versions. */
  public RegistryProperties properties() {
    return new RegistryProperties(
        root,
        Duration.ofMinutes(1),
        new RegistryProperties.Limits(10, 10, DataSize.ofMegabytes(100)),
        CardPolicy.WARN);
  }

  /** What looks at folders, with a reading of references that the commands have too. */
  static FolderCheck newCheck() {
    return new FolderCheck(
        JsonMapper.shared(),
        (content, contract) -> {
          Reference reference = Reference.read(content);
          if (contract != null) {
            reference.checkAgainst(contract);
          }
          return reference.rows() + " rows";
        },
        ArtifactPolicy.byDefault());
  }

  /** The versions, not loaded yet. */
  public ModelRegistry found() {
    return found(Map.of());
  }

  private ModelRegistry found(Map<String, Map<String, Deprecation>> deprecated) {
    return found(
        deprecated,
        CardPolicy.WARN,
        new Artifacts(ArtifactPolicy.byDefault(), SignatureCheck.off()));
  }

  private ModelRegistry found(
      Map<String, Map<String, Deprecation>> deprecated, CardPolicy cards, Artifacts artifacts) {
    Lane.Surroundings surroundings =
        new Lane.Surroundings(
            BulkheadRegistry.ofDefaults(), CircuitBreakerRegistry.ofDefaults(), new LaneWatch());
    VersionLoader loader =
        new VersionLoader(
            JsonMapper.shared(),
            (name, parts) ->
                new Lane<>(
                    name,
                    new LaneSettings(BUDGET, parts.executors().size(), LIMITS, true),
                    parts,
                    surroundings),
            cards,
            artifacts);
    return new ModelRegistry(root, loader, deprecated);
  }

  /** The versions, each loaded or failed. */
  public ModelRegistry loaded() {
    return loaded(Map.of());
  }

  /** The same, as far as their files can be trusted. */
  public ModelRegistry loaded(Artifacts artifacts) {
    ModelRegistry registry = found(Map.of(), CardPolicy.WARN, artifacts);
    registry.load(() -> {});
    return registry;
  }

  /** The same, some of them deprecated by their operators. */
  public ModelRegistry loaded(Map<String, Map<String, Deprecation>> deprecated) {
    ModelRegistry registry = found(deprecated);
    registry.load(() -> {});
    return registry;
  }

  /** The same, under a rule for their model cards. */
  ModelRegistry loaded(CardPolicy cards) {
    ModelRegistry registry =
        found(Map.of(), cards, new Artifacts(ArtifactPolicy.byDefault(), SignatureCheck.off()));
    registry.load(() -> {});
    return registry;
  }
}
