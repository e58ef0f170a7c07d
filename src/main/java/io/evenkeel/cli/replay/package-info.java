/**
 * The sandbox: recorded rows go through a version that isn't served yet, and what comes of it is
 * held against the version that is. Memory doesn't grow with the rows.
 */
@NullMarked
package io.evenkeel.cli.replay;

import org.jspecify.annotations.NullMarked;
