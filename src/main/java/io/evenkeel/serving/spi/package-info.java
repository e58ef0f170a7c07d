/** What observers of the traffic are told, and how they are called. */
@NullMarked
package io.evenkeel.serving.spi;

import org.jspecify.annotations.NullMarked;
