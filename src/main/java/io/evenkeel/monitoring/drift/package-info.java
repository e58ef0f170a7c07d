/**
 * Whether the traffic still looks like the training data, with a stated rate of false alarms. Plain
 * Java: rows come as bins, time and chance from outside, and memory is constant. Start at {@link
 * io.evenkeel.monitoring.drift.DriftMonitor}; docs/drift.md says what is promised.
 */
@NullMarked
package io.evenkeel.monitoring.drift;

import org.jspecify.annotations.NullMarked;
