package io.evenkeel.registry;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.VersionLoader.Pace;
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
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of all models. Those that are there at the start are loaded beside it, so that
 * probes are answered meanwhile; others may come, go and be replaced later. Thread-safe for
 * readers; one thread at a time loads and changes what is there.
 */
public final class ModelRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);
  private static final Comparator<ModelVersion> BY_VERSION =
      Comparator.comparing(ModelVersion::version, ModelRegistry::compareVersions);

  private final VersionLoader loader;
  private final List<VersionListener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch loaded = new CountDownLatch(1);

  /** Each model's versions, the newest last; replaced as a whole. */
  private volatile Map<String, List<ModelVersion>> versions = Map.of();

  private volatile Map<String, Map<String, Deprecation>> deprecated;
  private volatile boolean closed;

  /** Null where nobody limits what is loaded. */
  private @Nullable Capacity capacity;

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
    this.deprecated = Map.copyOf(deprecated);
    if (!Files.isDirectory(models)) {
      throw new UnusableModelException(
          models.toString(),
          0,
          "the models' folder is not there",
          "create it, start where it is, or set evenkeel.models.path");
    }
    try {
      ModelFolder.scan(models).forEach(this::list);
    } catch (IOException e) {
      throw new UnusableModelException(
          models.toString(),
          0,
          "the models' folder can't be listed (" + e.getClass().getSimpleName() + ")",
          "check its permissions");
    }
  }

  /** Tells somebody of what changes from now on. */
  public void listen(VersionListener listener) {
    listeners.add(listener);
  }

  /** What operators say of versions that are going away, by model and version, from now on. */
  public void deprecate(Map<String, Map<String, Deprecation>> said) {
    deprecated = Map.copyOf(said);
    all().forEach(version -> version.deprecate(deprecation(version.folder())));
  }

  private @Nullable Deprecation deprecation(ModelFolder folder) {
    return deprecated.getOrDefault(folder.model(), Map.of()).get(folder.version());
  }

  /** Loads no more than there is room for, from now on. */
  void limit(Capacity capacity) {
    this.capacity = capacity;
  }

  /** Loads every version, in any order. */
  public void load(AfterLoading afterwards) {
    load(version -> false, afterwards);
  }

  /**
   * Loads every version, one after the other, until the registry is closed. Called once, on a
   * thread that has time.
   *
   * @param urgent which of them are loaded first
   * @param afterwards done before the registry calls itself loaded
   */
  void load(Predicate<ModelVersion> urgent, AfterLoading afterwards) {
    long start = System.nanoTime();
    List<ModelVersion> all = all();
    all.sort(Comparator.comparing(version -> !urgent.test(version)));
    for (ModelVersion version : all) {
      if (!closed) {
        load(version, null, servable -> {});
      }
    }
    if (closed) {
      close();
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

  private void load(
      ModelVersion version, @Nullable ModelVersion replaced, Consumer<Servable> proved) {
    if (capacity != null) {
      try {
        // First, so that nobody makes room for a version that is too large to be taken.
        loader.requireAllowed(version.folder());
        capacity.makeRoom(version.folder(), replaced);
      } catch (UnusableModelException e) {
        loader.refuse(version, e);
        return;
      }
    }
    loader.load(version, isLoaded() ? Pace.GENTLE : Pace.SWIFT, proved);
  }

  /** Lists a folder's version, without loading it. */
  ModelVersion list(ModelFolder folder) {
    ModelVersion version = new ModelVersion(folder, deprecation(folder));
    put(version);
    tell(listener -> listener.added(version));
    return version;
  }

  /** Loads a version that is listed and doesn't serve. */
  void load(ModelVersion version) {
    version.loading();
    load(version, null, servable -> prove(version, servable));
    settle(version);
  }

  /**
   * Loads what a version's folder holds by now. It takes the version's place once it has proved
   * itself; where it doesn't, and the version serves, nothing else changes.
   */
  void replace(ModelVersion version) {
    ModelVersion fresh = new ModelVersion(version.folder(), deprecation(version.folder()));
    if (version.servable() == null) {
      put(fresh);
      tell(listener -> listener.gone(version));
      load(fresh);
      return;
    }
    version.replacing(new ModelVersion.Replacement(ModelVersion.State.LOADING, List.of()));
    load(fresh, version, servable -> prove(fresh, servable));
    if (fresh.servable() == null) {
      version.replacing(new ModelVersion.Replacement(ModelVersion.State.FAILED, fresh.mistakes()));
      return;
    }
    put(fresh);
    settle(fresh);
    version.retire("its folder holds another content by now");
    tell(listener -> listener.gone(version));
  }

  /** Frees a version's memory, once the last lease is back. It stays listed. */
  void unload(ModelVersion version, String reason) {
    LOG.info("Model {} is unloaded: {}", version, reason);
    version.retire(reason);
    tell(VersionListener::changed);
  }

  /** Unloads a version and lists it no more. */
  void remove(ModelVersion version) {
    Map<String, List<ModelVersion>> changed = new TreeMap<>(versions);
    changed.computeIfPresent(
        version.model(),
        (model, ofModel) -> {
          List<ModelVersion> rest = ofModel.stream().filter(other -> other != version).toList();
          return rest.isEmpty() ? null : rest;
        });
    versions = snapshot(changed);
    version.retire("its folder is gone");
    LOG.info("Model {} is gone with its folder", version);
    tell(listener -> listener.gone(version));
    tell(VersionListener::changed);
  }

  private void put(ModelVersion version) {
    Map<String, List<ModelVersion>> changed = new TreeMap<>(versions);
    List<ModelVersion> ofModel = new ArrayList<>(changed.getOrDefault(version.model(), List.of()));
    ofModel.removeIf(other -> other.version().equals(version.version()));
    ofModel.add(version);
    ofModel.sort(BY_VERSION);
    changed.put(version.model(), List.copyOf(ofModel));
    versions = snapshot(changed);
  }

  /** In the same order; requests look models up in it. */
  private static Map<String, List<ModelVersion>> snapshot(
      Map<String, List<ModelVersion>> versions) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  private void prove(ModelVersion version, Servable servable) {
    tell(listener -> listener.proved(version, servable));
  }

  private void settle(ModelVersion version) {
    if (closed) {
      version.retire("the server stops");
    }
    tell(VersionListener::changed);
  }

  private void tell(Consumer<VersionListener> what) {
    for (VersionListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("Somebody who is told of versions failed; the others are told all the same", e);
      }
    }
  }

  /** The models' names, in alphabetical order. */
  public Collection<String> models() {
    return versions.keySet();
  }

  /** A model's versions, the newest last; null if there is no such model. */
  public @Nullable List<ModelVersion> findVersions(String model) {
    return versions.get(model);
  }

  public @Nullable ModelVersion find(String model, String version) {
    List<ModelVersion> ofModel = versions.get(model);
    if (ofModel != null) {
      for (ModelVersion candidate : ofModel) {
        if (candidate.version().equals(version)) {
          return candidate;
        }
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
    all().forEach(version -> version.retire("the server stops"));
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
