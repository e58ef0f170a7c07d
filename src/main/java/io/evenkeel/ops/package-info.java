/** Operations: loading at start, health, gauges, and a shutdown that loses nothing. */
@NullMarked
package io.evenkeel.ops;

import org.jspecify.annotations.NullMarked;
