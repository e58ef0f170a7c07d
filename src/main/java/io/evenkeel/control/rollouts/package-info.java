/** Rollouts of canaries: wired to the traffic, the routes and the control state. */
@NullMarked
package io.evenkeel.control.rollouts;

import org.jspecify.annotations.NullMarked;
