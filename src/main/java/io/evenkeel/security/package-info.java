/**
 * Who calls, what the caller may do, and how much of it: API keys, tokens of an identity provider,
 * client certificates; rights per model; quotas.
 */
@NullMarked
package io.evenkeel.security;

import org.jspecify.annotations.NullMarked;
