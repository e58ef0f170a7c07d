/**
 * Whether a canary may go on: a plan of steps, sequential tests that stay valid however often one
 * looks, and the decisions that follow. Plain Java without threads or a clock of its own: whoever
 * drives it says what was observed and what time it is.
 */
@NullMarked
package io.evenkeel.rollout;

import org.jspecify.annotations.NullMarked;
