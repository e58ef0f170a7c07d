package io.evenkeel.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShadowingTest {
  private static final Pattern VECTOR =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| (\\d+) \\|$");

  private record Caller(String routingKey) implements Requester {
    @Override
    public @Nullable String caller() {
      return null;
    }
  }

  private static Routes routes(String version, double percent) {
    Split split = new Split(version, Share.ofPercent(percent));
    return Routes.NONE.with("m", route -> route.withShadow(split));
  }

  private static Shadowing with(double percent) {
    return requireNonNull(Shadowing.of(routes("2", percent), 1, Map.of()).get("m"));
  }

  @Test
  void pointsAreWhatThePageTells() throws IOException {
    List<MatchResult> vectors =
        VECTOR.matcher(Files.readString(Path.of("docs/routing.md"))).results().toList();
    assertThat(vectors).hasSizeGreaterThan(2);
    for (MatchResult vector : vectors) {
      assertThat(RoutingHash.ofShadow(vector.group(1), vector.group(2)).point())
          .isEqualTo(Long.parseLong(vector.group(3)));
    }
  }

  @Test
  void takesTheShareItIsTold() {
    for (double percent : new double[] {0, 10, 60, 100}) {
      Shadowing shadowing = with(percent);
      int taken = 0;
      for (int key = 0; key < 20_000; key++) {
        taken += shadowing.takes(new Caller("key-" + key)) ? 1 : 0;
      }
      assertThat(taken / 20_000.0).isCloseTo(percent / 100, within(percent % 100 == 0 ? 0 : 0.012));
    }
  }

  /** If both went by the same point, none of a canary's half would be outside of the shadow's. */
  @Test
  void takesOtherCallersThanTheCanary() {
    Shadowing half = with(50);
    int both = 0;
    for (int key = 0; key < 20_000; key++) {
      boolean isCanarys = RoutingHash.of("m", "key-" + key).point() < Share.ofPercent(50).points();
      both += isCanarys && half.takes(new Caller("key-" + key)) ? 1 : 0;
    }
    assertThat(both / 20_000.0).isCloseTo(0.25, within(0.012));
  }

  @Test
  void goesOnUnderAnotherShareAndBeginsAnewWithAnotherVersion() {
    Map<String, Shadowing> first = Shadowing.of(routes("2", 10), 5, Map.of());
    Map<String, Shadowing> wider = Shadowing.of(routes("2", 50), 6, first);
    assertThat(wider.get("m")).isEqualTo(new Shadowing("m", split("2", 50), 5));
    Map<String, Shadowing> other = Shadowing.of(routes("3", 50), 7, wider);
    assertThat(other.get("m")).isEqualTo(new Shadowing("m", split("3", 50), 7));
    Map<String, Shadowing> none = Shadowing.of(Routes.NONE, 8, other);
    assertThat(none).isEmpty();
    Map<String, Shadowing> again = Shadowing.of(routes("3", 50), 9, none);
    assertThat(again.get("m")).isEqualTo(new Shadowing("m", split("3", 50), 9));
    assertThat(requireNonNull(again.get("m")).continues(requireNonNull(other.get("m")))).isFalse();
  }

  private static Split split(String version, double percent) {
    return new Split(version, Share.ofPercent(percent));
  }
}
