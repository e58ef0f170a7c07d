/**
 * Requests as spans of OpenTelemetry, where an agent records them. Alone knows OpenTelemetry, and
 * does nothing where nobody records.
 */
@NullMarked
package io.evenkeel.monitoring.tracing;

import org.jspecify.annotations.NullMarked;
