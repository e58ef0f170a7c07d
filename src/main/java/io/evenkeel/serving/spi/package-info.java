/** What observers of predictions are given. */
@NullMarked
package io.evenkeel.serving.spi;

import org.jspecify.annotations.NullMarked;
