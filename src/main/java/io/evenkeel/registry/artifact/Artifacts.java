package io.evenkeel.registry.artifact;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.graph.GraphInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The way from a folder that anybody may have written to files that can be loaded. Thread-safe. */
public final class Artifacts {
  private final ArtifactPolicy policy;
  private final SignatureCheck signatures;

  public Artifacts(ArtifactPolicy policy, SignatureCheck signatures) {
    this.policy = policy;
    this.signatures = signatures;
  }

  /** What folders may hold. */
  public ArtifactPolicy policy() {
    return policy;
  }

  /** Deletes copies that killed processes have left over. */
  public void deleteLeftovers() {
    TemporaryFolder.deleteLeftovers();
  }

  /**
   * Takes a version's files if they can be trusted: they are what the folder may hold, the manifest
   * lists them, a trusted key has signed it where that is wanted, each has its digest, and the
   * graph asks for nothing else. Whoever gets the copy closes it.
   *
   * @param version its name, for the log
   * @param graph the graph's name
   * @throws UnusableModelException with what can't be trusted
   */
  public PrivateCopy take(Path folder, String version, String graph) {
    VersionFiles files = VersionFiles.list(folder, policy);
    Manifest manifest = Manifest.read(files);
    signatures.check(version, files, manifest);
    Mistakes mistakes = new Mistakes();
    manifest.checkNames(files, mistakes);
    mistakes.throwIfAny();
    PrivateCopy copy = PrivateCopy.of(files, manifest);
    try {
      if (files.has(graph)) {
        inspect(copy.path().resolve(graph), files, policy);
      }
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /**
   * Inspects a graph that is in no version's folder yet. It may take data from the files beside it.
   *
   * @throws UnusableModelException with what is wrong with it
   */
  public static void inspect(Path graph) {
    Map<String, Long> files = new HashMap<>();
    Path folder = graph.toAbsolutePath().getParent();
    try (Stream<Path> beside = Files.list(folder)) {
      beside
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(String.valueOf(file.getFileName()), file.toFile().length()));
    } catch (IOException e) {
      throw UnusableModelException.unreadable(String.valueOf(graph.getFileName()), e);
    }
    GraphInspection.inspect(graph, files, new GraphInspection.Limits(Long.MAX_VALUE, false));
  }

  /**
   * Inspects a graph before ONNX Runtime sees it.
   *
   * @param files of its folder, which it may take data from
   * @throws UnusableModelException with what is wrong with it
   */
  public static void inspect(Path graph, VersionFiles files, ArtifactPolicy policy) {
    if (Files.exists(graph)) {
      boolean customOps = !files.libraries().isEmpty();
      GraphInspection.inspect(
          graph, files.sizes(), new GraphInspection.Limits(policy.maxBytes(), customOps));
    }
  }
}
