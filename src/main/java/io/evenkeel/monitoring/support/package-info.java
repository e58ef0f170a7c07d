/**
 * Single rows held against the training data: what it never had, or seldom, and how far out a row
 * is.
 */
@NullMarked
package io.evenkeel.monitoring.support;

import org.jspecify.annotations.NullMarked;
