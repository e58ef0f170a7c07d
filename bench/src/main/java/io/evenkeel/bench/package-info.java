/**
 * The Java side of the benchmarks: a server that does nothing but HTTP, and load generators: one
 * whose arrivals do not wait for answers, and one with a fixed number of callers.
 */
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
