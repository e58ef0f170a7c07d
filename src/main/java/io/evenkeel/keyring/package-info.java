/**
 * Secrets at rest: a ring of root keys with ids, of which the current one seals and all open, and
 * the keys for single purposes that are derived from them. Knows no Spring and no HTTP.
 */
@NullMarked
package io.evenkeel.keyring;

import org.jspecify.annotations.NullMarked;
