package io.evenkeel.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLinesTest {
  private static final Contract CONTRACT =
      ContractFile.read(
              """
              schemaVersion: 1.0.0
              features:
                - {name: amount, type: number, aliases: [sum]}
                - {name: count, type: integer, nullable: true}
                - {name: married, type: boolean, required: false}
                - {name: job, type: string}
                - {name: born, type: date}
                - {name: pair, type: tensor, shape: [2], required: false}
              outputs: {task: regression, value: value}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .contract();

  @TempDir Path folder;

  @Test
  void typesCellsByTheContract() throws IOException {
    assertThat(
            lines(
                """
                amount,count,married,job,born,pair
                1.5,12,True,12,2026-01-02,"[1, 2]"
                """))
        .containsExactly(
            new DataLine.Body(
                2,
                "{\"instance\": {\"amount\": 1.5, \"count\": 12, \"married\": true, \"job\": \"12\", "
                    + "\"born\": \"2026-01-02\", \"pair\": [1, 2]}}"));
  }

  @Test
  void anEmptyCellIsNullWhereItMayBeAndAbsentOtherwise() throws IOException {
    assertThat(lines("amount,count,married,job\n,,,\n"))
        .containsExactly(new DataLine.Body(2, "{\"instance\": {\"count\": null}}"));
  }

  @Test
  void leavesWhatDoesNotFitToTheContractsRules() throws IOException {
    assertThat(lines("amount,married,pair\n\"1,5\",maybe,x\n"))
        .containsExactly(
            new DataLine.Body(
                2,
                "{\"instance\": {\"amount\": \"1,5\", \"married\": \"maybe\", \"pair\": \"x\"}}"));
  }

  @Test
  void takesAliasesOutcomesAndPredictionsAndPassesOverTheRest() throws IOException {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "\uFEFFsum,id,outcome,prediction\n7,x1,9,8.5\n");
    try (DataLines lines = DataLines.open(file, CONTRACT, "outcome")) {
      assertThat(lines.next())
          .isEqualTo(
              new DataLine.Body(
                  2,
                  "{\"instance\": {\"sum\": 7}, \"outcome\": \"9\", \"prediction\": {\"value\": 8.5}}"));
      assertThat(lines.passedOver()).containsExactly("id");
    }
  }

  @Test
  void countsLinesWithBreaksInTheirTexts() throws IOException {
    assertThat(lines("amount,job\n1,\"a\nb\"\n2,c\n"))
        .extracting(DataLine::number)
        .containsExactly(2L, 4L);
  }

  @Test
  void tellsOfRowsThatAreTooShort() throws IOException {
    assertThat(lines("amount,job\n1\n2,c\n"))
        .first()
        .isEqualTo(new DataLine.Unreadable(2, "has 1 cells, and the header has 2"));
  }

  @Test
  void tellsOfAQuoteThatIsNotClosed() throws IOException {
    assertThat(lines("amount,job\n1,\"a\n2,c\n")).last().isInstanceOf(DataLine.Unreadable.class);
  }

  @Test
  void wantsAHeader() {
    assertThatThrownBy(() -> lines("1,2,3\n4,5,6\n"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("begin the file with a header");
    assertThatThrownBy(() -> lines("amount,sum\n4,5\n"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("`amount` twice");
  }

  private List<DataLine> lines(String csv) throws IOException {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, csv);
    List<DataLine> found = new ArrayList<>();
    try (DataLines lines = DataLines.open(file, CONTRACT, "outcome")) {
      for (DataLine line = lines.next(); line != null; line = lines.next()) {
        found.add(line);
      }
    }
    return found;
  }
}
