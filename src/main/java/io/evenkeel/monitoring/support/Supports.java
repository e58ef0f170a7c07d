package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.RowInspection;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.RowInspections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles the support of each version that has a reference. */
public final class Supports implements RowInspections {
  /** The rules of the warnings that rows can get here. */
  public static final Set<String> RULES =
      Set.of(Remark.BEYOND, Remark.UNSEEN, Remark.RARE, Remark.OUTLIER);

  private static final Logger LOG = LoggerFactory.getLogger(Supports.class);

  private final WarningProperties properties;

  public Supports(WarningProperties properties) {
    this.properties = properties;
  }

  @Override
  public @Nullable RowInspection of(String version, byte[] reference, Contract contract) {
    if (!properties.reference()) {
      return null;
    }
    try {
      Reference found = Reference.read(reference);
      found.checkAgainst(contract);
      return Support.compile(contract, found, properties.outlier());
    } catch (UnusableModelException e) {
      LOG.warn(
          "Rows of model {} aren't held against the training data, because of its reference. {}",
          version,
          e.mistakes().getFirst());
      return null;
    }
  }
}
