package io.evenkeel.monitoring.support;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowInspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the default model's rows are held against: 30 numbers and their covariance. */
@State(Scope.Benchmark)
public class LoadedSupport implements RowInspection.Remarks {
  private static final Path FOLDER = Path.of("models/breast-cancer/1");

  private final RowInspection inspection = load();

  private static RowInspection load() {
    try {
      Contract contract =
          ContractFile.read(Files.readAllBytes(FOLDER.resolve(ContractFile.NAME))).contract();
      byte[] reference = Files.readAllBytes(FOLDER.resolve("reference.json"));
      Supports supports = new Supports(new WarningProperties(true, 0.999));
      return Objects.requireNonNull(supports.of("breast-cancer 1", reference, contract));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final float inspect(Row row) {
    return inspection.inspect(row, this);
  }

  @Override
  public void remark(Feature feature, String rule, String message) {
    throw new IllegalStateException("the row is a usual one");
  }

  @Override
  public void remark(String rule, String message) {
    throw new IllegalStateException("the row is a usual one");
  }
}
