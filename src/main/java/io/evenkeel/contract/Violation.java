package io.evenkeel.contract;

import org.jspecify.annotations.Nullable;

/**
 * One way in which an input breaks its contract.
 *
 * @param pointer a JSON Pointer (RFC 6901) to the offending value in the request's body
 * @param feature the contract's name for it; {@code ""} where no feature of the contract is meant
 * @param rule the broken rule's short, stable name, for example {@code maximum}
 * @param expected what would have been right, in words
 * @param received what came, shortened; null where nothing came or the feature is sensitive
 */
public record Violation(
    String pointer, String feature, String rule, String expected, @Nullable String received) {}
