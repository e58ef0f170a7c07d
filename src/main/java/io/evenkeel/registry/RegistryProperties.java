package io.evenkeel.registry;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the models are, how many may be loaded, and what is wanted of them.
 *
 * @param path the models' folder, relative to where the service starts
 * @param poll how often the models' folder and routes.yaml are looked at
 * @param limits how much may be loaded at once
 * @param cards what becomes of a version whose model card is incomplete: nothing (off), a warning
 *     in the log (warn), or it isn't served (require)
 */
@ConfigurationProperties("evenkeel.models")
public record RegistryProperties(
    @DefaultValue("models") Path path,
    @DefaultValue("2s") Duration poll,
    @DefaultValue Limits limits,
    @DefaultValue("warn") CardPolicy cards) {
  public RegistryProperties {
    if (!poll.isPositive()) {
      throw new IllegalArgumentException("evenkeel.models.poll must be longer than nothing");
    }
  }

  /**
   * How much may be loaded at once. Versions that no route leads to go first.
   *
   * @param maxModels how many models may have a loaded version
   * @param maxVersions how many versions may be loaded, of all models together
   * @param maxBytes how large the files of all loaded versions may be together
   */
  public record Limits(
      @DefaultValue("100") int maxModels,
      @DefaultValue("200") int maxVersions,
      @DefaultValue("64GB") DataSize maxBytes) {
    public Limits {
      if (maxModels < 1 || maxVersions < 1 || maxBytes.toBytes() < 1) {
        throw new IllegalArgumentException("evenkeel.models.limits must be at least 1 each");
      }
    }
  }
}
