/** The application's entry point. */
@NullMarked
package io.evenkeel;

import org.jspecify.annotations.NullMarked;
