/**
 * What changes between two contracts, and whether clients of the old one can live with the new one.
 */
@NullMarked
package io.evenkeel.contract.compatibility;

import org.jspecify.annotations.NullMarked;
