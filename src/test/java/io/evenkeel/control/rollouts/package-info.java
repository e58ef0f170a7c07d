@NullMarked
package io.evenkeel.control.rollouts;

import org.jspecify.annotations.NullMarked;
