/**
 * The REST interface under {@code /v1}: bodies read token by token into rows, outcomes written as
 * JSON, everything that goes wrong as problem details (RFC 9457).
 */
@NullMarked
package io.evenkeel.api;

import org.jspecify.annotations.NullMarked;
