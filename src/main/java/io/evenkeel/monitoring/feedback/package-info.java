/**
 * What became of predictions: a bounded store of recent ones, outcomes that come later and are
 * joined to them, and what both say of a version's quality.
 */
@NullMarked
package io.evenkeel.monitoring.feedback;

import org.jspecify.annotations.NullMarked;
