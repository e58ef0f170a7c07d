package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of RE2's regular expressions mean the same in JSON Schema. */
class SharedSyntaxTest {
  private static final List<String> TEXTS =
      List.of(
          "", "a", "ab", "abc", "AB-12", "a\nb", "\n", "a\n", "\r", "\u2028", "\u0085", " ", "\t",
          "\u000B", "\u00A0", "é", "\u0661", "😀", "a😀c", "[", "]", "{2}", "&&", "-", "\\", "/",
          "x y");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[^\\x00-\\x1F\\x7F<>]*$",
        "^[A-Z]{2}-\\d{2}$",
        "a|b",
        "^(?:a|bc?)+$",
        "(a|b)*?c",
        "\\bab\\b",
        "^\\w+\\W\\w+$",
        "[\\n\\t]",
        "[é-ü]",
        "\\\\|\\/|\\[|\\]|\\{2\\}",
        "[a\\-\\]]",
        "^\\D{1,}$",
        "^$",
        ""
      })
  void areWrittenAsTheyAre(String regex) {
    assertThat(SharedSyntax.holds(regex)).isTrue();
    java.util.regex.Pattern theirs = java.util.regex.Pattern.compile(regex.replace("$", "\\z"));
    for (String text : TEXTS) {
      assertThat(theirs.matcher(text).find())
          .as("\"" + text + "\" by " + regex)
          .isEqualTo(Pattern.compile(regex).matcher(text).find());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.c", // other line ends
        "\\s", // other blanks
        "(?i)abc",
        "(?P<name>a)",
        "(?s:a)",
        "\\pL",
        "\\p{Greek}",
        "[[:alpha:]]",
        "[a[b]",
        "[a&&b]",
        "[]a]",
        "[\\d-x]",
        "[a-]",
        "\\Aab\\z",
        "\\Qa.b\\E",
        "\\x{1F600}",
        "\\v",
        "\\a",
        "\\07",
        "\\-",
        "\\@",
        "\\B",
        "^*a",
        "a{,2}",
        "a{",
        "a}",
        "a]",
        "😀"
      })
  void areLeftOutWhereInDoubt(String regex) {
    assertThat(SharedSyntax.holds(regex)).isFalse();
    assertThat(Pattern.compile(regex)).isNotNull();
  }
}
