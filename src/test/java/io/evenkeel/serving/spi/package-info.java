@NullMarked
package io.evenkeel.serving.spi;

import org.jspecify.annotations.NullMarked;
