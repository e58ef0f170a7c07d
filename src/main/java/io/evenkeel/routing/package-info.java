/** Which version of a model answers a request. */
@NullMarked
package io.evenkeel.routing;

import org.jspecify.annotations.NullMarked;
