@NullMarked
package io.evenkeel.serving.shadow;

import org.jspecify.annotations.NullMarked;
