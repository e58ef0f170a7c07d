/**
 * Who may run now, who waits, and who is told to come back: deadlines, and a lane with bulkheads
 * for each model version. The only importer of Resilience4j's bulkhead. Plain Java: no Spring, no
 * HTTP, no metrics.
 */
@NullMarked
package io.evenkeel.admission;

import org.jspecify.annotations.NullMarked;
