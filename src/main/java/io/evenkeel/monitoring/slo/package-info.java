/**
 * Objectives of the service: which share of the requests is to be answered, and how fast; what of
 * that is kept, and how quickly what may go wrong is used up.
 */
@NullMarked
package io.evenkeel.monitoring.slo;

import org.jspecify.annotations.NullMarked;
