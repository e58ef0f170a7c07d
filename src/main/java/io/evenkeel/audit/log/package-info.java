/**
 * A log that proves what it holds: each record carries the hash of the one before, checkpoints are
 * signed, and whoever changes, drops, adds or moves a record is found out and shown where. Knows
 * nothing of predictions, Spring or HTTP.
 */
@NullMarked
package io.evenkeel.audit.log;

import org.jspecify.annotations.NullMarked;
