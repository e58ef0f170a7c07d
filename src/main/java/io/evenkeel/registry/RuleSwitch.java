package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.RowInspection;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.RuleFlags;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.Preprocessor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;

/**
 * One version's rules as they stand at present: which are enforced, and the reader that holds rows
 * against them. Thread-safe: what belongs together is replaced together, so that each row is read
 * by one set of rules.
 *
 * <p>The preprocessor needs no replacing. It is compiled from the same transforms whatever is
 * enforced; the contract's bounds only decide whether they can be.
 */
final class RuleSwitch {
  private final byte[] source;
  private final Contract contract;
  private final List<InputTensor> inputs;
  private final TokenStreamFactory json;
  private volatile @Nullable RowInspection inspection;
  private volatile Position position;

  private record Position(RuleFlags flags, Contract inForce, RowReader reader) {}

  /**
   * Enforces every rule.
   *
   * @param source the contract's file
   * @param contract the same, read
   * @param inputs the graph's
   */
  RuleSwitch(byte[] source, Contract contract, List<InputTensor> inputs, TokenStreamFactory json) {
    this.source = source.clone();
    this.contract = contract;
    this.inputs = List.copyOf(inputs);
    this.json = json;
    this.position = at(RuleFlags.NONE);
  }

  private Position at(RuleFlags flags) {
    RowReader reader = new RowReader(contract, flags, json, inspection);
    return new Position(flags, contract.relaxed(flags), reader);
  }

  /** From the next row on, somebody looks at those that keep the rules. For the time of loading. */
  void inspectBy(@Nullable RowInspection inspection) {
    this.inspection = inspection;
    position = at(position.flags());
  }

  RowReader reader() {
    return position.reader();
  }

  RuleFlags flags() {
    return position.flags();
  }

  Contract contractInForce() {
    return position.inForce();
  }

  /**
   * Checks that the model can take every row that would come through.
   *
   * @throws io.evenkeel.contract.UnusableModelException if it can't, with the transforms that don't
   *     bear it
   */
  void check(RuleFlags flags) {
    // Read anew: a document collects its mistakes.
    ContractFile file = ContractFile.read(source);
    Preprocessor ignored =
        Preprocessor.compile(
            new ContractFile(file.contract().relaxed(flags), file.document()), inputs);
  }

  /** Enforces all rules but these from the next row on. They have been checked. */
  void turnTo(RuleFlags flags) {
    position = at(flags);
  }
}
