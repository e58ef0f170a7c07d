/** A structured line in the log for some requests, or for all. No line has a feature's value. */
@NullMarked
package io.evenkeel.monitoring.requestlog;

import org.jspecify.annotations.NullMarked;
