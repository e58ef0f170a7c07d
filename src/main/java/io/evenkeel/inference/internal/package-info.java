/**
 * What stands between the inference types and the native library: blocks of values in native
 * memory, counted leases, termination. For {@code io.evenkeel.inference} only.
 */
@NullMarked
package io.evenkeel.inference.internal;

import org.jspecify.annotations.NullMarked;
