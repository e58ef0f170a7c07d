/**
 * The one way to change routes: each change is a revision with its entry in the journal, kept in a
 * {@link io.evenkeel.control.ControlStore} that outlives the process.
 */
@NullMarked
package io.evenkeel.control;

import org.jspecify.annotations.NullMarked;
