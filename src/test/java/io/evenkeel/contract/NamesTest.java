package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Names find their features, however a body writes them and however it arrives: in one piece, or in
 * pieces that end within a name or a value. With more features than a mask's word has bits.
 */
class NamesTest {
  private static final int FEATURES = 150;
  private static final String LETTERS = "aab_.-XYZ019";

  private final SplittableRandom random = new SplittableRandom(42);
  private final List<String> names = names();
  private final Contract contract = contract(names);
  private final RowReader reader = new RowReader(contract, Rows.JSON);

  @Test
  void findsEachNameWhateverTheOrderAndTheEscapes() {
    for (int round = 0; round < 200; round++) {
      String body = body(order(round), round % 2 == 0 ? 0 : 3, round % 3 == 0 ? 200 : 1);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      assertComplete(Rows.JSON.createParser(ObjectReadContext.empty(), bytes));
      assertComplete(Rows.JSON.createParser(ObjectReadContext.empty(), inPieces(bytes)));
      assertComplete(Rows.JSON.createParser(ObjectReadContext.empty(), body));
    }
  }

  @Test
  void findsWhichFeaturesAreAbsent() {
    for (int round = 0; round < 200; round++) {
      List<Integer> order = order(round);
      int kept = random.nextInt(FEATURES);
      Row row = Rows.read(reader, body(order.subList(0, kept), 0, 1), -1);
      assertThat(row.violations()).extracting(Violation::rule).containsOnly("required");
      Set<String> absent = new HashSet<>();
      order.subList(kept, FEATURES).forEach(feature -> absent.add(names.get(feature)));
      assertThat(row.violations()).extracting(Violation::feature).hasSameElementsAs(absent);
    }
  }

  @Test
  void knowsNoNameThatOnlyBeginsOrEndsLikeOne() {
    Set<String> known = new HashSet<>(names);
    for (String name : names) {
      for (String near : List.of(name + "a", name.substring(1), "a" + name, name + "\u0000")) {
        if (!known.contains(near)) {
          String member = "{\"" + near.replace("\u0000", "\\u0000") + "\": [1, {\"a\": 2}]}";
          Violation first = Rows.read(reader, member, -1).violations().getFirst();
          assertThat(first.rule()).as(near).isEqualTo("unknownFeature");
        }
      }
    }
  }

  @Test
  void refusesTheSecondOfEachName() {
    List<Integer> order = order(1);
    for (int feature = 0; feature < FEATURES; feature++) {
      List<Integer> twice = new ArrayList<>(order);
      twice.add(feature);
      Row row = Rows.read(reader, body(twice, 5, 1), -1);
      assertThat(row.violations()).extracting(Violation::rule).containsExactly("duplicate");
      assertThat(row.violations().getFirst().feature()).isEqualTo(names.get(feature));
    }
  }

  private void assertComplete(JsonParser json) {
    try (json) {
      json.nextToken();
      Row row = reader.read(json);
      assertThat(row.violations()).isEmpty();
      for (int feature = 0; feature < FEATURES; feature++) {
        assertThat(row.number(contract.slot(feature))).isEqualTo(feature);
      }
    }
  }

  /** Gives each feature its own index as its value. */
  private String body(List<Integer> features, int escapeOneIn, int mostSpaces) {
    StringBuilder body = new StringBuilder("{");
    for (int feature : features) {
      body.append(body.length() > 1 ? "," : "").append(" ".repeat(random.nextInt(mostSpaces)));
      body.append('"').append(escaped(names.get(feature), escapeOneIn)).append("\":");
      body.append(feature);
    }
    return body.append('}').toString();
  }

  private String escaped(String name, int oneIn) {
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean escape = oneIn > 0 && random.nextInt(oneIn) == 0;
      written.append(escape ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return written.toString();
  }

  private List<Integer> order(int seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  /** Names of all lengths that share long prefixes. */
  private List<String> names() {
    Set<String> made = new HashSet<>();
    List<String> list = new ArrayList<>();
    while (list.size() < FEATURES) {
      StringBuilder name =
          new StringBuilder("mean_radius_of_the_nuclei".substring(0, 1 + list.size() % 25));
      for (int more = random.nextInt(1 + list.size() % 60); more > 0; more--) {
        name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      if (made.add(name.toString())) {
        list.add(name.toString());
      }
    }
    return list;
  }

  private static Contract contract(List<String> names) {
    StringBuilder features = new StringBuilder("features:\n");
    names.forEach(name -> features.append("  - {name: " + name + ", type: integer}\n"));
    return Contracts.of(features.toString()).contract();
  }

  /** A stream that gives a few bytes at a time, as a slow client's does. */
  private InputStream inPieces(byte[] bytes) {
    SplittableRandom sizes = random.split();
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, sizes.nextInt(1, 12)));
      }
    };
  }
}
