/** Synthetic rows, sampled from what a version's training data looked like. */
@NullMarked
package io.evenkeel.cli.generate;

import org.jspecify.annotations.NullMarked;
