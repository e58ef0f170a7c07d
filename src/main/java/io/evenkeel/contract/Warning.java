package io.evenkeel.contract;

/**
 * Something a caller should know about an input that was served all the same.
 *
 * @param pointer a JSON Pointer to the value in the request's body
 * @param feature the contract's name for it; {@code ""} where no feature of the contract is meant
 * @param rule what was noticed, for example {@code clamped}; docs/model-folder.md lists them
 * @param message the same in words, without the value
 */
public record Warning(String pointer, String feature, String rule, String message) {}
