/** The walk of a prediction, and the endings it can have. */
@NullMarked
package io.evenkeel.serving;

import org.jspecify.annotations.NullMarked;
