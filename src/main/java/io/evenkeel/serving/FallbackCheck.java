package io.evenkeel.serving;

import io.evenkeel.contract.Degradation;
import io.evenkeel.registry.AfterLoading;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.registry.Servable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once all versions are loaded, of fallbacks that can't be used. Requests then pass them
 * over: a version is no worse for a fallback that isn't there. Rules that are switched for the time
 * being are not looked at.
 */
public final class FallbackCheck implements AfterLoading {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackCheck.class);

  private final ModelRegistry registry;

  public FallbackCheck(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    obstacles().forEach(LOG::warn);
  }

  /** What keeps which version from its fallback, and how to mend it. */
  List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    for (ModelVersion version : registry.all()) {
      Servable servable = version.servable();
      for (Degradation way :
          servable == null ? List.<Degradation>of() : servable.contract().degradation()) {
        String obstacle =
            servable != null && way instanceof Degradation.Fallback fallback
                ? obstacle(version, servable, fallback.version())
                : null;
        if (obstacle != null) {
          obstacles.add("Model " + version + " can't fall back: " + obstacle);
        }
      }
    }
    return obstacles;
  }

  private @Nullable String obstacle(ModelVersion version, Servable servable, String fallback) {
    ModelVersion other = registry.find(version.model(), fallback);
    if (other == null) {
      return "there is no version `" + fallback + "`; add its folder, or change the contract";
    }
    Servable standIn = other.servable();
    if (standIn == null) {
      return "version `" + fallback + "` is " + other.state() + "; mend it first";
    }
    return standIn.contract().readsRowsAs(servable.contract())
        ? null
        : "version `"
            + fallback
            + "` has other features or rules; give both contracts the same, in the same order";
  }
}
