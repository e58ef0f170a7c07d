/**
 * What a model accepts: features, constraints and cross-feature rules, read from a model folder's
 * {@code contract.yaml} and enforced on every row. Plain Java: no Spring, no HTTP, no metrics.
 */
@NullMarked
package io.evenkeel.contract;

import org.jspecify.annotations.NullMarked;
