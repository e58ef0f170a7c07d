package io.evenkeel.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which people write tables, and what is refused. */
class CsvTableTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void findsTheSeparator(String separator) {
    String text = "a,b,c\n1,x,2\n".replace(",", separator);

    assertThat(rows(text)).containsExactly("[1, x, 2]");
    assertThat(open(text).header()).containsExactly("a", "b", "c");
  }

  @Test
  void readsQuotedCellsAndWhatIsMissing() {
    assertThat(
            rows("\uFEFFa, b ,c\r\n\"1,5\",\"say \"\"so\"\"\",\"two\nlines\"\r\n\r\n,NaN,NA\r\n"))
        .containsExactly("[1,5, say \"so\", two\nlines]", "[null, null, null]");
  }

  @Test
  void tellsHowFarItIs() {
    List<Double> shares = new ArrayList<>();
    long count =
        open("a\n" + "123456789\n".repeat(2_000))
            .forEachRow((number, cells) -> {}, (share, rows) -> shares.add(share));

    assertThat(count).isEqualTo(2_000);
    assertThat(shares).isSorted().last().isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~the file is empty",
        ",a\n0,1\n~a column has no name",
        "a,a\n0,1\n~the column `a` stands twice",
      })
  void refusesAHeaderThatNamesNothing(String textAndCause) {
    List<String> parts = List.of(textAndCause.split("~", -1));

    assertThatThrownBy(() -> open(parts.getFirst()))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("rows.csv:1: " + parts.getLast());
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> rows("a,b\n1,2\n1,2,3\n"))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("row 2 has 3 cells, the header has 2");
  }

  private CsvTable open(String text) {
    try {
      return CsvTable.open(Files.writeString(root.resolve("rows.csv"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> rows(String text) {
    List<String> rows = new ArrayList<>();
    open(text)
        .forEachRow((number, cells) -> rows.add(Arrays.toString(cells)), (share, count) -> {});
    return rows;
  }
}
