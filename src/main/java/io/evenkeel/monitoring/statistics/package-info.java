/**
 * Statistics of the traffic with differential privacy: counts with noise, released now and then,
 * and a budget that runs out.
 */
@NullMarked
package io.evenkeel.monitoring.statistics;

import org.jspecify.annotations.NullMarked;
