package io.evenkeel.registry;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of all models, loaded beside the start of the server, so that probes are answered
 * meanwhile. Thread-safe.
 */
public final class ModelRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);
  private static final Comparator<ModelVersion> BY_VERSION =
      Comparator.comparing(ModelVersion::version, ModelRegistry::compareVersions);

  /** Each model's versions, the newest last; unchanged after construction. */
  private final Map<String, List<ModelVersion>> versions = new LinkedHashMap<>();

  private final VersionLoader loader;
  private final CountDownLatch loaded = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * Finds the versions below a folder; {@link #load} loads them.
   *
   * @throws UnusableModelException if the folder isn't there or can't be listed
   */
  public ModelRegistry(Path models, VersionLoader loader) {
    this(models, loader, Map.of());
  }

  /**
   * The same, with what operators say of versions that are going away.
   *
   * @param deprecated by model and version
   */
  public ModelRegistry(
      Path models, VersionLoader loader, Map<String, Map<String, Deprecation>> deprecated) {
    this.loader = loader;
    if (!Files.isDirectory(models)) {
      throw new UnusableModelException(
          models.toString(),
          0,
          "the models' folder is not there",
          "create it, start where it is, or set evenkeel.models.path");
    }
    try {
      for (ModelFolder folder : ModelFolder.scan(models)) {
        versions
            .computeIfAbsent(folder.model(), name -> new ArrayList<>())
            .add(
                new ModelVersion(
                    folder,
                    deprecated.getOrDefault(folder.model(), Map.of()).get(folder.version())));
      }
      versions.values().forEach(ofModel -> ofModel.sort(BY_VERSION));
    } catch (IOException e) {
      throw new UnusableModelException(
          models.toString(),
          0,
          "the models' folder can't be listed (" + e.getClass().getSimpleName() + ")",
          "check its permissions");
    }
  }

  /**
   * Loads every version, one after the other, until the registry is closed. Called once, on a
   * thread that has time.
   *
   * @param afterwards done before the registry calls itself loaded
   */
  public void load(AfterLoading afterwards) {
    long start = System.nanoTime();
    for (ModelVersion version : all()) {
      if (!closed) {
        loader.load(version);
      }
    }
    if (closed) {
      all().forEach(ModelVersion::retire);
      return;
    }
    afterwards.run();
    loaded.countDown();
    long ready =
        all().stream().filter(version -> version.state() == ModelVersion.State.READY).count();
    LOG.info(
        "{} of {} model versions are ready after {} ms",
        ready,
        all().size(),
        (System.nanoTime() - start) / 1_000_000);
  }

  /** Whether each version has been loaded or has failed, and what comes after loading is done. */
  public boolean isLoaded() {
    return loaded.getCount() == 0;
  }

  /** Waits until {@link #isLoaded}, at most for a time. Returns whether it is. */
  public boolean awaitLoaded(Duration longest) throws InterruptedException {
    return loaded.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The models' names, in alphabetical order. */
  public Collection<String> models() {
    return versions.keySet();
  }

  /** A model's versions, the newest last; null if there is no such model. */
  public @Nullable List<ModelVersion> findVersions(String model) {
    List<ModelVersion> found = versions.get(model);
    return found == null ? null : Collections.unmodifiableList(found);
  }

  public @Nullable ModelVersion find(String model, String version) {
    for (ModelVersion candidate : versions.getOrDefault(model, List.of())) {
      if (candidate.version().equals(version)) {
        return candidate;
      }
    }
    return null;
  }

  /** All versions of all models. */
  public List<ModelVersion> all() {
    List<ModelVersion> all = new ArrayList<>();
    versions.values().forEach(all::addAll);
    return all;
  }

  /**
   * Unloads every version, each when the last request that uses it is done; one that is being
   * loaded as soon as it is. Harmless when repeated.
   */
  @Override
  public void close() {
    closed = true;
    all().forEach(ModelVersion::retire);
  }

  private static int compareVersions(String a, String b) {
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }
}
