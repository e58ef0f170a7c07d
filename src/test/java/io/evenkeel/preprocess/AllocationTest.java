package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Contracts;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Rows;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Writing a row allocates nothing. */
class AllocationTest {
  private static final int WRITES = 20_000;

  /** The compiler gets this many rounds of writes to see that no object leaves a write. */
  private static final int MOST_ROUNDS = 100;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  @Test
  void writesRowsWithoutAllocating() throws Exception {
    ContractFile file = Contracts.ofModel("loan-default/1");
    Preprocessor preprocessor = Tensors.compile(file, ElementType.FLOAT, 60);
    List<Row> rows = rows(file);
    TensorRows block = preprocessor.newBlock(1);
    double bytesPerRow = Double.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && bytesPerRow >= 1; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      writeAll(preprocessor, rows, block);
      bytesPerRow = (threads.getCurrentThreadAllocatedBytes() - before) / (double) WRITES;
    }
    assertThat(bytesPerRow).isLessThan(1);
  }

  private static void writeAll(Preprocessor preprocessor, List<Row> rows, TensorRows block) {
    for (int i = 0; i < WRITES; i++) {
      preprocessor.write(rows.get(i % rows.size()), block, 0);
    }
  }

  private static List<Row> rows(ContractFile file) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("models/loan-default/1/golden.jsonl"))) {
      String instance = JsonMapper.shared().readTree(line).get("instance").toString();
      rows.add(Rows.read(file.contract(), instance));
    }
    return rows;
  }
}
