/**
 * The record of what was asked and answered: which requests and changes are recorded, what a record
 * holds, and who may wait for it. {@code audit.log} keeps the records.
 */
@NullMarked
package io.evenkeel.audit;

import org.jspecify.annotations.NullMarked;
