package io.evenkeel.preprocess;

import io.evenkeel.contract.Feature;

/**
 * What one element of an input tensor holds.
 *
 * @param feature the feature it is made of
 * @param name the feature's name and, where its transforms make more than its value, what this one
 *     says: {@code purpose=car}, {@code applied_on.monthSin}
 */
public record ColumnName(Feature feature, String name) {}
