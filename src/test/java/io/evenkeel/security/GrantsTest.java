package io.evenkeel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
  @Test
  void grantsARightForAllModelsOrForThoseThatAreNamed() {
    Grants grants = Grants.of(List.of("read", "predict:a", "predict:b"));
    assertThat(grants.allows(Right.READ, "anything")).isTrue();
    assertThat(grants.allowsAll(Right.READ)).isTrue();
    assertThat(grants.allows(Right.PREDICT, "a")).isTrue();
    assertThat(grants.allows(Right.PREDICT, "b")).isTrue();
    assertThat(grants.allows(Right.PREDICT, "c")).isFalse();
    assertThat(grants.allowsAll(Right.PREDICT)).isFalse();
    assertThat(grants.allowsSome(Right.PREDICT)).isTrue();
  }

  @Test
  void noRightHoldsAnother() {
    Grants admin = Grants.of(List.of("admin"));
    assertThat(admin.allows(Right.READ, "a")).isFalse();
    assertThat(admin.allowsSome(Right.PREDICT)).isFalse();
    assertThat(admin.allows(Right.CRITICAL, "a")).isFalse();
  }

  @Test
  void allModelsAreMoreThanSomeInWhateverOrder() {
    assertThat(Grants.of(List.of("read:a", "read")).allowsAll(Right.READ)).isTrue();
    assertThat(Grants.of(List.of("read", "read:a")).allowsAll(Right.READ)).isTrue();
  }

  @Test
  void refusesWhatIsNoScopeAndSaysWhichThereAre() {
    for (String wrong : List.of("", "Predict", "predict:", "predict:a b", "write", ":a")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> Grants.of(List.of(wrong)))
          .withMessageContaining("predict, feedback, read, admin, critical");
    }
  }

  @Test
  void overlooksTheScopesOfOtherServicesInATokenOnly() {
    Grants grants = Grants.amongOthers(List.of("openid", "predict:a", "email", ""));
    assertThat(grants.allows(Right.PREDICT, "a")).isTrue();
    assertThat(grants.allowsSome(Right.READ)).isFalse();
  }
}
