/**
 * Why a version answers as it does: what each feature does to one prediction, and how much each
 * matters over the traffic.
 */
@NullMarked
package io.evenkeel.explain;

import org.jspecify.annotations.NullMarked;
