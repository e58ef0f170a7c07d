/** Holds the documentation against the code. */
@NullMarked
package io.evenkeel.docs;

import org.jspecify.annotations.NullMarked;
