/**
 * What is seen of the traffic beside serving it, and the training data it is held against. Bounded
 * in memory and time; nothing here slows or breaks a request.
 */
@NullMarked
package io.evenkeel.monitoring;

import org.jspecify.annotations.NullMarked;
