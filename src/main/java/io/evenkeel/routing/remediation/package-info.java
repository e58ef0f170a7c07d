/**
 * When a model's fallback takes over because the world has changed, and when it gives back: the
 * decisions alone. Whoever calls them brings signals and time, and changes routes.
 */
@NullMarked
package io.evenkeel.routing.remediation;

import org.jspecify.annotations.NullMarked;
