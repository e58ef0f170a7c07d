package io.evenkeel.monitoring;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the section {@code seasons} of a {@code reference.json}, once the sketches are known that
 * it refines. Mistakes are noted with the others. For one reading.
 */
final class SeasonsReader {
  private static final String WHERE = "seasons";

  private final ReferenceReader reader;
  private final Map<String, Sketch> features;
  private final Map<String, Sketch> outputs;

  SeasonsReader(ReferenceReader reader, Map<String, Sketch> features, Map<String, Sketch> outputs) {
    this.reader = reader;
    this.features = features;
    this.outputs = outputs;
  }

  /** The seasons; null where something is wrong with them. */
  @Nullable Seasons read(JsonNode node) {
    int before = reader.mistakes();
    reader.allow(node, WHERE, Set.of("zone", "hours", "parts"));
    ZoneId zone = zone(node.path("zone"));
    JsonNode parts = node.path("parts");
    if (!parts.isArray() || parts.isEmpty()) {
      reader.mistake(
          WHERE + "/parts", "is no array of seasons", "write one object for each season");
    }
    List<Seasons.Season> seasons = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      seasons.add(season(parts.path(i), WHERE + "/parts/" + i));
    }
    List<Integer> hours = hours(node.path("hours"), seasons.size());
    return reader.mistakes() > before ? null : new Seasons(zone, hours, seasons);
  }

  private ZoneId zone(JsonNode node) {
    try {
      return ZoneId.of(node.asString(""));
    } catch (DateTimeException e) {
      reader.mistake(
          WHERE + "/zone",
          "is no time zone that is known",
          "write the zone whose clock the hours are of, like Europe/Vienna or UTC");
      return ZoneOffset.UTC;
    }
  }

  private List<Integer> hours(JsonNode node, int seasons) {
    List<Integer> hours = new ArrayList<>();
    String mend =
        "write 168 positions in `parts`, one for each hour of the week from Monday 0:00 on";
    if (!node.isArray() || node.size() != Seasons.HOURS) {
      reader.mistake(WHERE + "/hours", "is no array of 168 numbers but has " + node.size(), mend);
      return hours;
    }
    Set<Integer> used = new TreeSet<>();
    for (int hour = 0; hour < node.size(); hour++) {
      JsonNode position = node.path(hour);
      if (!position.isInt() || position.intValue() < 0 || position.intValue() >= seasons) {
        reader.mistake(
            WHERE + "/hours/" + hour,
            "is no position in `parts`, of " + seasons + " seasons",
            mend);
      } else {
        hours.add(position.intValue());
        used.add(position.intValue());
      }
    }
    for (int season = 0; season < seasons && hours.size() == Seasons.HOURS; season++) {
      if (!used.contains(season)) {
        reader.mistake(WHERE + "/parts/" + season, "is no hour's season", "leave it out");
      }
    }
    return hours;
  }

  private Seasons.Season season(JsonNode node, String where) {
    reader.allow(node, where, Set.of("name", "rows", "features", "outputs"));
    String name = node.path("name").asString("");
    if (name.isBlank()) {
      reader.mistake(where + "/name", "is no name", "name the season, like `nights`");
    }
    long rows = node.path("rows").asLong(0);
    if (rows < 1) {
      reader.mistake(
          where + "/rows", "is no count of at least 1", "write how many rows the season had");
    }
    return new Seasons.Season(
        name,
        sketches(node.path("features"), features, where + "/features", rows),
        sketches(node.path("outputs"), outputs, where + "/outputs", rows));
  }

  private Map<String, Sketch> sketches(
      JsonNode node, Map<String, Sketch> wholes, String where, long rows) {
    Map<String, Sketch> sketches = new LinkedHashMap<>();
    for (String name : node.propertyNames()) {
      Sketch whole = wholes.get(name);
      if (whole == null) {
        reader.mistake(
            where + "/" + name,
            "has no sketch of all the data",
            "leave it out, or add that sketch");
        continue;
      }
      Sketch sketch = sketch(node.path(name), whole, where + "/" + name, Math.max(1, rows));
      if (sketch != null) {
        sketches.put(name, sketch);
      }
    }
    return sketches;
  }

  private @Nullable Sketch sketch(JsonNode node, Sketch whole, String where, long partRows) {
    int before = reader.mistakes();
    long rows = node.has("rows") ? node.path("rows").asLong(0) : partRows;
    if (rows < 1) {
      reader.mistake(
          where + "/rows", "is no count of at least 1", "write a count, or leave it out");
    }
    double missing = node.has("missing") ? reader.missing(node, where) : whole.missing();
    Sketch read =
        switch (whole) {
          case Sketch.Numeric numeric -> numeric(node, numeric, where, rows, missing);
          case Sketch.Tensor tensor -> numeric(node, tensor.overall(), where, rows, missing);
          case Sketch.Categorical categorical ->
              categorical(node, categorical, where, rows, missing);
        };
    return reader.mistakes() > before ? null : read;
  }

  private Sketch.Numeric numeric(
      JsonNode node, Sketch.Numeric whole, String where, long rows, double missing) {
    reader.allow(node, where, Set.of("rows", "missing", "probabilities"));
    List<Double> probabilities = reader.numbers(node, "probabilities", where);
    if (probabilities.size() != whole.probabilities().size()) {
      reader.mistake(
          where + "/probabilities",
          "aren't as many as all the data have, %d but %d"
              .formatted(whole.probabilities().size(), probabilities.size()),
          "count the season's rows in the same bins");
      return whole;
    }
    reader.checkShares(probabilities, where + "/probabilities");
    return new Sketch.Numeric(
        rows,
        missing,
        whole.edges(),
        probabilities,
        whole.mean(),
        whole.std(),
        whole.min(),
        whole.max());
  }

  private Sketch.Categorical categorical(
      JsonNode node, Sketch.Categorical whole, String where, long rows, double missing) {
    reader.allow(node, where, Set.of("rows", "missing", "categories", "other"));
    Map<String, Double> categories = new LinkedHashMap<>();
    for (String name : node.path("categories").propertyNames()) {
      if (!whole.categories().containsKey(name)) {
        reader.mistake(
            where + "/categories/" + name,
            "isn't among the categories of all the data",
            "name it there too, or count it to `other` in both");
      }
      categories.put(name, reader.number(node.path("categories"), name, where + "/categories"));
    }
    double other = node.has("other") ? reader.number(node, "other", where) : 0;
    if (other > 0 && whole.other() == 0) {
      reader.mistake(
          where + "/other",
          "is above 0, and that of all the data is 0",
          "count the same categories in both");
    }
    List<Double> shares = new ArrayList<>(categories.values());
    shares.add(other);
    if (missing < 1) {
      reader.checkShares(shares, where + "/categories");
    }
    return new Sketch.Categorical(rows, missing, categories, other);
  }
}
