/**
 * Turns a valid row into the tensor values a graph takes: the contract's transforms, compiled once.
 * Pure and deterministic: no clock, no locale, no time zone. Plain Java.
 */
@NullMarked
package io.evenkeel.preprocess;

import org.jspecify.annotations.NullMarked;
