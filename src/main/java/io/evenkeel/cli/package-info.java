/**
 * The command line: what a data scientist does with a model's folder before it is deployed. The
 * same jar as the server; the first argument decides.
 */
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
