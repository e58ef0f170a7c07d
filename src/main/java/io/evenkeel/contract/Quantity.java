package io.evenkeel.contract;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a contract writes as a whole number and a unit: a duration or a size. Immutable. */
public final class Quantity {
  /** In milliseconds. */
  public static final Quantity DURATION =
      new Quantity(
          "a duration",
          "`10m`",
          new Unit("d", 86_400_000),
          new Unit("h", 3_600_000),
          new Unit("m", 60_000),
          new Unit("s", 1000),
          new Unit("ms", 1));

  /** In bytes; the units are powers of 1024, as in the settings. */
  public static final Quantity SIZE =
      new Quantity(
          "a size",
          "`16MB`",
          new Unit("GB", 1L << 30),
          new Unit("MB", 1L << 20),
          new Unit("KB", 1L << 10),
          new Unit("B", 1));

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})([a-zA-Z]+)");

  private final String what;
  private final String example;

  /** The largest first. */
  private final List<Unit> units;

  private Quantity(String what, String example, Unit... units) {
    this.what = what;
    this.example = example;
    this.units = List.of(units);
  }

  private record Unit(String word, long size) {}

  /** The quantity under a key that has to be there; 1 where a mistake was noted. */
  public long require(YamlNode node, String key) {
    YamlNode found = node.find(key);
    if (found == null) {
      node.mistake("the key `" + key + "` is missing", "add " + what + ", for example " + example);
      return 1;
    }
    Matcher form = FORM.matcher(found.text());
    if (form.matches()) {
      for (Unit unit : units) {
        if (unit.word().equals(form.group(2))) {
          return Long.parseLong(form.group(1)) * unit.size();
        }
      }
    }
    found.mistake("`" + found.text() + "` is not " + what, mend());
    return 1;
  }

  private String mend() {
    StringBuilder words = new StringBuilder();
    for (Unit unit : units) {
      words.append(words.isEmpty() ? "" : ", ").append(unit.word());
    }
    return "write a whole number from 1 and one of " + words + ", for example " + example;
  }

  /** The quantity as a contract writes it, in the largest unit that needs no fraction. */
  public String written(long quantity) {
    for (Unit unit : units) {
      if (quantity % unit.size() == 0) {
        return quantity / unit.size() + unit.word();
      }
    }
    throw new IllegalStateException("the smallest unit divides " + quantity);
  }
}
