package io.evenkeel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.admission.Shed;
import io.evenkeel.api.ProblemKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
  private static final String PAGE = MarkdownTable.page("docs/errors.md");

  @Test
  void listsEachKindWithItsStatusAndTitle() {
    List<List<String>> kinds =
        Arrays.stream(ProblemKind.values())
            .map(kind -> List.of("`" + kind.slug() + "`", kind.status() + "", kind.title()))
            .toList();

    assertThat(MarkdownTable.after("## Kinds", PAGE).rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactlyElementsOf(kinds);
  }

  @Test
  void saysHowToMendEachKind() {
    assertThat(MarkdownTable.after("## Kinds", PAGE).column(3)).doesNotContain("");
  }

  @Test
  void listsEachReasonOfARefusal() {
    List<String> reasons = Arrays.stream(Shed.Reason.values()).map(Shed.Reason::word).toList();

    assertThat(MarkdownTable.after("## Reasons of `overloaded`", PAGE).column(0))
        .containsExactlyElementsOf(reasons);
  }
}
