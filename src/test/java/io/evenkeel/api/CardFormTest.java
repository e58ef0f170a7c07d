package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardFormTest {
  private static CardForm preferred(String... accept) {
    return CardForm.preferred(Collections.enumeration(Arrays.asList(accept)));
  }

  @Test
  void isJsonWhereNothingIsAsked() {
    assertThat(CardForm.preferred(null)).isEqualTo(CardForm.JSON);
    assertThat(preferred()).isEqualTo(CardForm.JSON);
    assertThat(preferred("")).isEqualTo(CardForm.JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | JSON",
        "application/json | JSON",
        "application/json;charset=UTF-8 | JSON",
        "application/* | JSON",
        "text/html | HTML",
        "TEXT/HTML | HTML",
        "text/* | HTML",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | HTML",
        "text/html,application/json | JSON",
        "text/html;q=0.9, application/json;q=0.8 | HTML",
        "text/html;q=0.8, application/json;q=0.9 | JSON",
        "*/*, application/json;q=0.5 | HTML",
        "*/*, text/html;q=0 | JSON",
        "application/json;q=0, */* | HTML",
        "text/html;q=0, text/*, application/json;q=0.1 | JSON",
        "image/png, */*;q=0.1 | JSON"
      })
  void isTheOneOfHigherQuality(String accept, CardForm form) {
    assertThat(preferred(accept)).isEqualTo(form);
  }

  @Test
  void readsAllHeaders() {
    assertThat(preferred("application/json;q=0.4", "text/html")).isEqualTo(CardForm.HTML);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "text/plain", "*/*;q=0", "text/html;q=0", "application/xml"})
  void refusesWhoTakesNeither(String accept) {
    assertThatExceptionOfType(RefusedRequest.class)
        .isThrownBy(() -> preferred(accept))
        .matches(refused -> refused.problem().kind() == ProblemKind.NOT_ACCEPTABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "text/html;q=2", "text/html;q=x", "*/html", "text/"})
  void refusesWhatIsNoListOfMediaTypes(String accept) {
    assertThatExceptionOfType(RefusedRequest.class)
        .isThrownBy(() -> preferred(accept))
        .matches(refused -> refused.problem().kind() == ProblemKind.BAD_HEADER);
  }
}
