package io.evenkeel.cli.generate;

/**
 * A rule that a row is to stand at the edge of, or to break.
 *
 * @param feature the feature's name; {@code ""} for {@code unknownFeature}
 * @param rule the rule's name, as violations have it
 */
public record Aim(String feature, String rule) {}
