package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.compatibility.ChangeKind;
import io.evenkeel.contract.compatibility.Impact;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CompatibilityPageTest {
  private static final String PAGE = MarkdownTable.page("docs/compatibility.md");

  @Test
  void listsEachKindWithItsImpactAndSide() {
    List<List<String>> kinds =
        Arrays.stream(ChangeKind.values())
            .map(kind -> List.of("`" + kind.slug() + "`", word(kind.impact()), side(kind)))
            .toList();

    MarkdownTable table = MarkdownTable.after("## Kinds of changes", PAGE);
    assertThat(table.rows()).extracting(row -> row.subList(0, 3)).containsExactlyElementsOf(kinds);
    assertThat(table.column(3)).doesNotContain("");
  }

  @Test
  void saysWhichStepEachImpactNeeds() {
    assertThat(MarkdownTable.after("## The steps of `schemaVersion`", PAGE).rows())
        .extracting(row -> List.of(row.get(0), row.get(2)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Impact.values())
                .map(impact -> List.of(word(impact), word(impact.bump())))
                .toList());
  }

  private static String side(ChangeKind kind) {
    return kind.side() == ChangeKind.Side.NEITHER ? "–" : word(kind.side());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
