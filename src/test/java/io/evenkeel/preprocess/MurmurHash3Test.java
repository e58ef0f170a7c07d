package io.evenkeel.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agrees with scikit-learn's hash, whose answers {@code src/test/models/make_hashes.py} wrote. */
class MurmurHash3Test {
  private static final Path VECTORS = Path.of("src/test/resources/preprocess/murmurhash3.jsonl");

  @Test
  void agreesWithScikitLearn() throws Exception {
    List<JsonNode> vectors =
        Files.readAllLines(VECTORS).stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(vectors).hasSizeGreaterThan(200);
    for (JsonNode vector : vectors) {
      String text = vector.get("text").stringValue();
      int seed = vector.get("seed").intValue();
      long hash = vector.get("hash").longValue();
      assertThat(Integer.toUnsignedLong(MurmurHash3.of(text, seed))).as(text).isEqualTo(hash);
      for (int buckets : new int[] {1, 2, 16, 1000, Integer.MAX_VALUE}) {
        assertThat(MurmurHash3.bucket(text, seed, buckets)).isEqualTo((int) (hash % buckets));
      }
    }
  }
}
