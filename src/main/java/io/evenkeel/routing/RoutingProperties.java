package io.evenkeel.routing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model answers where a request names none.
 *
 * @param defaultModel the model of /v1/predict where routes.yaml names no default
 */
@ConfigurationProperties("evenkeel.routing")
public record RoutingProperties(@DefaultValue("breast-cancer") String defaultModel) {}
