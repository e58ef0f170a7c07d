package io.evenkeel.registry;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.ModelVersion.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How much may be loaded at once. Where a newcomer finds no room, versions go that no route leads
 * to, first the one that has answered nobody for the longest. For one thread at a time.
 */
final class Capacity {
  private final RegistryProperties.Limits limits;
  private final ModelRegistry registry;
  private final Predicate<ModelVersion> routed;
  private final InstantSource clock;
  private final Map<ModelVersion, Use> uses = new WeakHashMap<>();

  private record Use(long rows, Instant last) {}

  /**
   * @param routed whether a route leads to a version
   */
  Capacity(
      RegistryProperties.Limits limits,
      ModelRegistry registry,
      Predicate<ModelVersion> routed,
      InstantSource clock) {
    this.limits = limits;
    this.registry = registry;
    this.routed = routed;
    this.clock = clock;
  }

  /** Takes note of which versions have answered anybody since the last look. */
  void look() {
    Instant now = clock.instant();
    for (ModelVersion version : registry.all()) {
      Servable servable = version.servable();
      if (servable != null) {
        long rows = servable.lane().counters().rows();
        uses.merge(
            version, new Use(rows, now), (before, found) -> before.rows() == rows ? before : found);
      }
    }
  }

  /**
   * Unloads what is in the way of a newcomer.
   *
   * @param replaced the version whose place it takes, which goes afterwards; null for none
   * @throws UnusableModelException if there is no room even so
   */
  void makeRoom(ModelFolder newcomer, @Nullable ModelVersion replaced) {
    look();
    long bytes = newcomer.size();
    if (bytes > limits.maxBytes().toBytes()) {
      throw refused(
          "its files take " + bytes + " bytes, more than all versions together may",
          "make evenkeel.models.limits.max-bytes larger");
    }
    String shortage = shortage(newcomer, replaced, bytes);
    while (shortage != null) {
      ModelVersion victim = leastRecentlyUsed(newcomer);
      if (victim == null) {
        throw refused(
            "there is no room for it: " + shortage,
            "unload a version, or take it off its route, or raise evenkeel.models.limits");
      }
      registry.unload(victim, "it made room for " + newcomer.model() + " " + newcomer.version());
      shortage = shortage(newcomer, replaced, bytes);
    }
  }

  private @Nullable String shortage(
      ModelFolder newcomer, @Nullable ModelVersion replaced, long bytes) {
    List<ModelVersion> loaded =
        registry.all().stream()
            .filter(version -> version.servable() != null && version != replaced)
            .toList();
    long models =
        loaded.stream()
            .map(ModelVersion::model)
            .filter(model -> !model.equals(newcomer.model()))
            .distinct()
            .count();
    if (models >= limits.maxModels()) {
      return models + " other models are loaded, as many as may be";
    }
    if (loaded.size() >= limits.maxVersions()) {
      return loaded.size() + " versions are loaded, as many as may be";
    }
    long taken = loaded.stream().mapToLong(version -> version.folder().size()).sum();
    return taken > limits.maxBytes().toBytes() - bytes
        ? "the loaded versions take "
            + taken
            + " bytes, of "
            + limits.maxBytes().toBytes()
            + " that may be taken"
        : null;
  }

  private @Nullable ModelVersion leastRecentlyUsed(ModelFolder newcomer) {
    return registry.all().stream()
        .filter(version -> version.state() == State.READY)
        .filter(version -> !routed.test(version))
        .filter(version ->
            !version.model().equals(newcomer.model())
                || !version.version().equals(newcomer.version()))
        .min(Comparator.comparing(this::lastUse))
        .orElse(null);
  }

  private Instant lastUse(ModelVersion version) {
    Use use = uses.get(version);
    return use == null ? Instant.MIN : use.last();
  }

  private static UnusableModelException refused(String cause, String mend) {
    return new UnusableModelException("", 0, cause, mend);
  }
}
