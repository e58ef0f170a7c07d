package io.evenkeel.serving;

import io.evenkeel.contract.Row;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Says each violation that was found while the row was read. */
final class RowKeepsContract implements ConstraintValidator<KeepsContract, Row> {
  @Override
  public boolean isValid(@Nullable Row row, ConstraintValidatorContext context) {
    return row == null || row.isValid() || FoundViolations.report(row.violations(), context);
  }
}
