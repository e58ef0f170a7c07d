/**
 * The models: their folders, how a version proves itself before it serves, and the state each
 * version is in.
 */
@NullMarked
package io.evenkeel.registry;

import org.jspecify.annotations.NullMarked;
