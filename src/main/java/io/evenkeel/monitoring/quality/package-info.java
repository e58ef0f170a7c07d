/** How good predictions are, or are likely to be: plain arithmetic, without traffic or storage. */
@NullMarked
package io.evenkeel.monitoring.quality;

import org.jspecify.annotations.NullMarked;
