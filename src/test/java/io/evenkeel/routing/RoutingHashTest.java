package io.evenkeel.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoutingHashTest {
  private static final Pattern VECTOR =
      Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| (\\d+) \\| ([0-9.]+%) \\|");

  @Test
  void isWhatThePageTellsClients() throws IOException {
    List<MatchResult> vectors =
        VECTOR.matcher(Files.readString(Path.of("docs/routing.md"))).results().toList();
    assertThat(vectors).hasSizeGreaterThan(5);
    for (MatchResult vector : vectors) {
      long point = RoutingHash.of(vector.group(1), vector.group(2)).point();
      Share share = requireNonNull(Share.parse(vector.group(4)));
      assertThat(point).isEqualTo(Long.parseLong(vector.group(3)));
      assertThat(point).isLessThan(share.points());
      Share less = new Share(share.percent().subtract(new BigDecimal("0.0001")));
      assertThat(point).isGreaterThanOrEqualTo(less.points());
    }
  }

  @Test
  void aGrowingShareOnlyMovesKeysTowardsTheCanary() {
    int before = 0;
    for (String share : List.of("0%", "1%", "5%", "25%", "50%", "99.9%", "100%")) {
      long points = requireNonNull(Share.parse(share)).points();
      int inside = 0;
      for (int key = 0; key < 20_000; key++) {
        if (RoutingHash.of("m", "key-" + key).point() < points) {
          inside++;
        }
      }
      assertThat(inside).isGreaterThanOrEqualTo(before);
      assertThat(inside / 20_000.0)
          .isCloseTo(requireNonNull(Share.parse(share)).fraction(), within(0.012));
      before = inside;
    }
    assertThat(before).isEqualTo(20_000);
  }
}
