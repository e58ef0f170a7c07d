/** Drift, wired to the traffic: which rows are looked at, by which thread, and what is told. */
@NullMarked
package io.evenkeel.monitoring.watch;

import org.jspecify.annotations.NullMarked;
