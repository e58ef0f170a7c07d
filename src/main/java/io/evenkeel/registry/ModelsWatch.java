package io.evenkeel.registry;

import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelVersion.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is loaded as the models' folder has it. It looks again and again and compares
 * contents: notices of changes get lost on mounted volumes, and where a link is turned to another
 * folder. A folder that is being copied is left alone until two looks find it the same. For one
 * thread at a time, the one that loads.
 */
public final class ModelsWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ModelsWatch.class);

  private final Path models;
  private final ModelRegistry registry;
  private final Capacity capacity;
  private final Predicate<ModelVersion> routed;

  /** What was taken of each folder. */
  private final Map<ModelFolder, Taken> taken = new HashMap<>();

  /** What the last look saw. */
  private Map<ModelFolder, FolderStamp> seen = Map.of();

  /**
   * @param digest null as long as nobody needed it
   */
  private record Taken(FolderStamp stamp, @Nullable String digest) {}

  /**
   * @param routed whether a route leads to a version, which is then kept
   */
  public ModelsWatch(
      RegistryProperties properties,
      ModelRegistry registry,
      Predicate<ModelVersion> routed,
      InstantSource clock) {
    this.models = properties.path();
    this.registry = registry;
    this.routed = routed;
    this.capacity = new Capacity(properties.limits(), registry, routed, clock);
  }

  /** Loads what is there at the start, first what routes lead to. */
  public void loadAll(AfterLoading afterwards) {
    for (ModelVersion version : registry.all()) {
      FolderStamp stamp = stamp(version.folder());
      if (stamp != null) {
        taken.put(version.folder(), new Taken(stamp, null));
      }
    }
    registry.limit(capacity);
    registry.load(routed, afterwards);
  }

  /** Loads what has come or changed, and unloads what is gone. */
  public void look() {
    capacity.look();
    Map<ModelFolder, FolderStamp> before = seen;
    Map<ModelFolder, FolderStamp> now = scan();
    if (now == null) {
      return;
    }
    seen = now;
    now.forEach((folder, stamp) -> {
      if (stamp.equals(before.get(folder))) {
        settled(folder, stamp);
      }
    });
    for (ModelVersion version : registry.all()) {
      if (!now.containsKey(version.folder()) && !before.containsKey(version.folder())) {
        missing(version);
      }
    }
  }

  private @Nullable Map<ModelFolder, FolderStamp> scan() {
    try {
      Map<ModelFolder, FolderStamp> found = new HashMap<>();
      for (ModelFolder folder : ModelFolder.scan(models)) {
        FolderStamp stamp = stamp(folder);
        if (stamp != null) {
          found.put(folder, stamp);
        }
      }
      return found;
    } catch (IOException e) {
      LOG.warn("The models' folder can't be listed; what is loaded stays ({})", e.toString());
      return null;
    }
  }

  private static @Nullable FolderStamp stamp(ModelFolder folder) {
    try {
      return FolderStamp.of(folder.path());
    } catch (IOException e) {
      return null;
    }
  }

  private void settled(ModelFolder folder, FolderStamp stamp) {
    Taken before = taken.get(folder);
    ModelVersion version = registry.find(folder.model(), folder.version());
    if (version == null) {
      take(folder, stamp);
      registry.load(registry.list(folder));
      return;
    }
    if (before != null && before.stamp().equals(stamp)) {
      if (before.digest() == null) {
        taken.put(folder, new Taken(stamp, digest(stamp)));
      }
      return;
    }
    String digest = take(folder, stamp);
    if (before == null || digest == null || !digest.equals(before.digest())) {
      LOG.info("The folder of model {} holds something else by now", version);
      registry.replace(version);
    }
  }

  private @Nullable String take(ModelFolder folder, FolderStamp stamp) {
    String digest = digest(stamp);
    taken.put(folder, new Taken(stamp, digest));
    return digest;
  }

  /** Null where the folder changes under the reading; the next look sees that. */
  private static @Nullable String digest(FolderStamp stamp) {
    try {
      return stamp.digest();
    } catch (IOException e) {
      return null;
    }
  }

  private void missing(ModelVersion version) {
    taken.remove(version.folder());
    if (!routed.test(version)) {
      registry.remove(version);
    } else if (version.replacement() == null) {
      LOG.warn("The folder of model {} is gone; it serves on, because it is routed", version);
      version.replacing(
          new ModelVersion.Replacement(
              State.FAILED,
              List.of(
                  new Mistake(
                      "",
                      0,
                      "the folder is gone, and the version serves on because a route leads to it",
                      "copy the folder back, or take the version off its route"))));
    }
  }

  /**
   * Loads a version that isn't loaded.
   *
   * @throws UnusableModelException if there is no such folder
   */
  public ModelVersion load(String model, String version) {
    ModelVersion known = registry.find(model, version);
    if (known == null) {
      ModelFolder folder = new ModelFolder(models.resolve(model).resolve(version), model, version);
      FolderStamp stamp = folder.isNamedProperly() ? stamp(folder) : null;
      if (stamp == null) {
        throw new UnusableModelException(
            model + "/" + version,
            0,
            "there is no such folder in the models' folder",
            "copy the version there, or name another");
      }
      take(folder, stamp);
      known = registry.list(folder);
      registry.load(known);
    } else if (known.servable() == null) {
      FolderStamp stamp = stamp(known.folder());
      if (stamp != null) {
        take(known.folder(), stamp);
      }
      registry.load(known);
    }
    return known;
  }

  /**
   * Unloads a version until it is loaded again.
   *
   * @param reason in words
   * @throws UnusableModelException if there is no such version, or a route leads to it
   */
  public ModelVersion unload(String model, String version, String reason) {
    ModelVersion known = registry.find(model, version);
    if (known == null) {
      throw new UnusableModelException(
          model + "/" + version, 0, "there is no such version", "GET /v1/models lists them");
    }
    if (routed.test(known)) {
      throw new UnusableModelException(
          model + "/" + version, 0, "a route leads to it", "change the route first");
    }
    registry.unload(known, reason);
    return known;
  }
}
