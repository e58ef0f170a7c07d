package io.evenkeel.api;

import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reports of models that tell of each version, as JSON values. Thread-safe.
 *
 * @param clock of those who have watched
 */
record VersionReports(ModelRegistry registry, InstantSource clock) {
  /**
   * The report of a model.
   *
   * @param version the only one to report; null for all
   * @param description what is told of one
   * @throws RefusedRequest if there is no such model or version
   */
  Object of(
      String model,
      @Nullable String version,
      Function<ModelVersion, ? extends Map<String, ?>> description) {
    List<ModelVersion> versions = registry.findVersions(model);
    if (versions == null) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchModel(model)));
    }
    List<Object> described = new ArrayList<>();
    for (ModelVersion candidate : versions) {
      if (version == null || candidate.version().equals(version)) {
        described.add(description.apply(candidate));
      }
    }
    if (version != null && described.isEmpty()) {
      throw new RefusedRequest(Answers.absent(new Routing.NoSuchVersion(model, version)));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("model", model);
    report.put("at", clock.instant().toString());
    report.put("versions", described);
    return report;
  }
}
