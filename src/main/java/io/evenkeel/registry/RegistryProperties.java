package io.evenkeel.registry;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the models are.
 *
 * @param path the models' folder, relative to where the service starts
 */
@ConfigurationProperties("evenkeel.models")
public record RegistryProperties(@DefaultValue("models") Path path) {}
