package io.evenkeel.serving;

import io.evenkeel.contract.RowReader;

/**
 * A request's body, read once and straight into rows when its contract is known.
 *
 * @param <R> what it is read as
 */
@FunctionalInterface
public interface RequestBody<R> {
  R read(RowReader reader);
}
