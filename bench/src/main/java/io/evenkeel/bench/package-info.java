/**
 * The Java side of the benchmarks: a server that does nothing but HTTP, and a load generator whose
 * arrivals don't wait for answers.
 */
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
