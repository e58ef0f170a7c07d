package io.evenkeel.serving.spi;

/**
 * The time that a request spent in a step at one go.
 *
 * @param step as in metrics
 * @param startNanos when it began, by {@link System#nanoTime}
 * @param endNanos when it was over
 */
public record Lap(String step, long startNanos, long endNanos) {}
