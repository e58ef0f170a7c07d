/**
 * Copies of requests that were answered go to a candidate, and its answers are held against those
 * that were given. Callers notice nothing of it.
 */
@NullMarked
package io.evenkeel.serving.shadow;

import org.jspecify.annotations.NullMarked;
