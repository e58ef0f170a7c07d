package io.evenkeel.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes instances from a schema, most of them valid, and mutants of those: what clients get wrong,
 * and whatever lies just within and just beyond a limit. Values are JSON texts, so that a number
 * can be written in more ways than one.
 */
final class SchemaInstances {
  private static final List<String> NO_INSTANCES =
      List.of("null", "[]", "\"a\"", "1", "true", "[{}]");
  private static final List<String> OTHER_TYPES =
      List.of("\"12\"", "\"\"", "true", "false", "{}", "[]", "[1]", "{\"a\":1}", "\"true\"", "0");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1",
          "1.0",
          "12",
          "12.0",
          "12.5",
          "1.2e1",
          "1E2",
          "-1",
          "1e-320",
          "3.4028235e38",
          "-3.4028235e38",
          "3.4028236e38",
          "-3.4028236e38",
          "1e39",
          "340282350000000000000000000000000000000",
          "-340282350000000000000000000000000000001",
          "-1e39",
          "1.7976931348623157e308",
          "9007199254740992",
          "9007199254740993",
          "-9007199254740993",
          "9007199254740992.0",
          "9007199254740994.0",
          "0.1",
          "1e400",
          "-1e400");
  private static final List<String> TEXTS =
      List.of(
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"A\"",
          "\"A \"",
          "\"a\\n\"",
          "\"\\n\"",
          "\"a\\u0000\"",
          "\"<b>\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\\ude00\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"a\\ude00\"",
          "\"a\\ud83dc\"",
          "\"é\"",
          "\"e\\u0301\"",
          "\"\\u2028\"",
          "\"null\"",
          "\"AB-12\"",
          "\"AB-1\"",
          "\"AB-12\\n\"",
          "\"ab.c\"",
          "\"ab\\nc\"",
          "\"\\u0661\\u0662\"");
  private static final List<String> DATES =
      List.of(
          "\"2026-02-29\"",
          "\"2024-02-29\"",
          "\"1900-02-29\"",
          "\"2026-04-31\"",
          "\"0000-01-01\"",
          "\"0001-01-01\"",
          "\"9999-12-31\"",
          "\"10000-01-01\"",
          "\"+2026-01-01\"",
          "\"-001-01-01\"",
          "\"2026-1-1\"",
          "\"2026-13-01\"",
          "\"2026-00-10\"",
          "\"2026-10-00\"",
          "\"2026-11-24\\n\"",
          "\" 2026-11-24\"",
          "\"20261124\"",
          "\"24.11.2026\"",
          "\"2026-11-24T00:00:00Z\"",
          "\"２026-11-24\"",
          "\"2026-W48-2\"",
          "\"2026/11/24\"");
  private static final List<String> TIMES =
      List.of(
          "\"2026-11-24T08:30:00Z\"",
          "\"2026-11-24T08:30:00z\"",
          "\"2026-11-24t08:30:00Z\"",
          "\"2026-11-24T08:30:00.Z\"",
          "\"2026-11-24T08:30:00.123456789Z\"",
          "\"2026-11-24T08:30:00.1234567890Z\"",
          "\"2026-11-24T08:30:60Z\"",
          "\"2016-12-31T23:59:60Z\"",
          "\"2026-11-24T08:30:00+18:00\"",
          "\"2026-11-24T08:30:00-18:01\"",
          "\"2026-11-24T08:30:00-00:00\"",
          "\"2026-11-24T08:30:00+23:59\"",
          "\"2026-02-30T08:30:00Z\"",
          "\"2026-11-24T24:00:00Z\"",
          "\"0000-11-24T00:00:00Z\"",
          "\"0001-01-01T00:00:00+18:00\"",
          "\"2026-11-24 08:30:00Z\"",
          "\"2026-11-24T08:30:00+0100\"",
          "\"2026-11-24T08:30:00+01:60\"",
          "\"2026-11-24T08:30Z\"",
          "\"2026-11-24T08:30:00\"",
          "\"2026-11-24T08:30:00Z\\n\"",
          "\"2020-01-01T00:59:59+01:00\"",
          "\"2020-01-01T01:00:00+01:00\"",
          "\"2026-11-24T08:30:00.5+01:00:30\"");

  private static final int MOST_KEPT = 100;

  private final SplittableRandom random;
  private final List<List<Map.Entry<String, String>>> good = new ArrayList<>();
  private List<Map.Entry<String, String>> last = List.of();
  private final Map<String, JsonNode> properties = new LinkedHashMap<>();
  private final List<String> required;
  private final List<String> names;

  SchemaInstances(JsonNode schema, long seed) {
    this.random = new SplittableRandom(seed);
    schema.get("properties").properties().forEach(entry -> put(entry.getKey(), entry.getValue()));
    this.required = schema.path("required").valueStream().map(name -> name.asString("")).toList();
    this.names = List.copyOf(properties.keySet());
  }

  private void put(String name, JsonNode property) {
    properties.put(name, property);
  }

  /** The next instance: now and then none at all, else made anew or a mutant of a good one. */
  String next() {
    if (random.nextInt(200) == 0) {
      last = List.of();
      return pick(NO_INSTANCES);
    }
    List<Map.Entry<String, String>> members =
        good.isEmpty() || random.nextInt(4) == 0 ? anew() : new ArrayList<>(pick(good));
    for (int mutations = random.nextInt(4) - 1; mutations > 0; mutations--) {
      mutate(members);
    }
    last = members;
    return members.stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Notes that the last instance was accepted, so that more are made like it. */
  void keepLast() {
    if (good.size() < MOST_KEPT) {
      good.add(last);
    } else if (!last.isEmpty()) {
      good.set(random.nextInt(MOST_KEPT), last);
    }
  }

  private List<Map.Entry<String, String>> anew() {
    List<Map.Entry<String, String>> members = new ArrayList<>();
    properties.forEach((name, property) -> {
      int oneIn = property.path("description").asString("").startsWith("Earlier name") ? 8 : 1;
      boolean optional = !required.contains(name) && random.nextInt(8) == 0;
      if (!optional && random.nextInt(oneIn) == 0) {
        members.add(Map.entry(name, valid(property)));
      }
    });
    return members;
  }

  private void mutate(List<Map.Entry<String, String>> members) {
    String name = pick(names);
    JsonNode property = Objects.requireNonNull(properties.get(name));
    int kind = random.nextInt(20);
    if (kind == 0) {
      members.removeIf(member -> member.getKey().equals(name));
    } else if (kind == 1) {
      members.add(
          Map.entry(random.nextBoolean() ? name + "_" : name.toUpperCase(Locale.ROOT), "1"));
    } else if (kind == 2) {
      repeat(name, members);
    } else {
      members.removeIf(member -> member.getKey().equals(name));
      members.add(Map.entry(name, mutant(property)));
    }
  }

  /** The same value, because validators look at one of them, and our reader at all. */
  private static void repeat(String name, List<Map.Entry<String, String>> members) {
    members.stream()
        .filter(member -> member.getKey().equals(name))
        .findFirst()
        .ifPresent(members::add);
  }

  private String valid(JsonNode schema) {
    JsonNode type = schema.get("type");
    if (type.isArray() && random.nextInt(8) == 0) {
      return "null";
    }
    if (schema.has("enum") || schema.has("x-values")) {
      List<JsonNode> values =
          schema.path(schema.has("enum") ? "enum" : "x-values").valueStream().toList();
      return pick(values).toString();
    }
    return switch (type.isArray() ? type.get(0).asString() : type.asString()) {
      case "number" -> Double.toString(within(schema));
      case "integer" -> whole(schema);
      case "boolean" -> Boolean.toString(random.nextBoolean());
      case "array" -> array(schema);
      default -> text(schema);
    };
  }

  private double within(JsonNode schema) {
    double low = bound(schema, "inimum", -1e6);
    double high = bound(schema, "aximum", 1e6);
    double value = low + (high - low) * random.nextDouble();
    return random.nextBoolean() ? value : Math.clamp(Math.rint(value), low, high);
  }

  private String whole(JsonNode schema) {
    String written = Long.toString((long) within(schema));
    return random.nextInt(4) == 0 ? written + ".0" : written;
  }

  /** A bound of any kind, tamed where it is only that of all numbers. */
  private static double bound(JsonNode schema, String end, double otherwise) {
    double bound = otherwise;
    for (String key : List.of("m" + end, "exclusiveM" + end, "x-m" + end)) {
      double found = schema.path(key).asDouble(otherwise);
      bound = Math.abs(found) < 1e15 && schema.has(key) ? found : bound;
    }
    return bound;
  }

  private String array(JsonNode schema) {
    return IntStream.range(0, schema.get("minItems").asInt())
        .mapToObj(i -> valid(schema.get("items")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String text(JsonNode schema) {
    if (schema.has("examples") && random.nextInt(3) == 0) {
      return schema.at("/examples/0").toString();
    }
    return switch (schema.path("format").asString("")) {
      case "date" -> "\"" + day(schema) + "\"";
      case "date-time" -> "\"" + day(schema) + "T08:30:00" + pick(List.of("Z", "+02:00")) + "\"";
      default -> letters(schema);
    };
  }

  private String letters(JsonNode schema) {
    int length = random.nextInt(schema.path("minLength").asInt(0), 1 + longest(schema));
    return random
        .ints(length, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static int longest(JsonNode schema) {
    return schema.path("maxLength").asInt(20);
  }

  private LocalDate day(JsonNode schema) {
    long low = day(schema, "inimum", "1900-01-01").toEpochDay();
    long high = day(schema, "aximum", "2100-01-01").toEpochDay();
    return LocalDate.ofEpochDay(random.nextLong(low, high + 1));
  }

  private static LocalDate day(JsonNode schema, String end, String otherwise) {
    String bound = schema.path("x-exclusiveM" + end).asString(otherwise);
    return LocalDate.parse(schema.path("x-m" + end).asString(bound).substring(0, 10));
  }

  private String mutant(JsonNode schema) {
    return switch (random.nextInt(8)) {
      case 0 -> "null";
      case 1 -> pick(OTHER_TYPES);
      case 2 -> valid(schema);
      default -> odd(schema);
    };
  }

  private String odd(JsonNode schema) {
    String type =
        schema.get("type").isArray()
            ? schema.at("/type/0").asString()
            : schema.get("type").asString();
    return switch (type) {
      case "number", "integer" -> oddNumber(schema);
      case "boolean" -> pick(List.of("0", "1", "\"true\"", "null", "true", "false"));
      case "array" -> oddArray(schema);
      default -> oddText(schema);
    };
  }

  /** At a limit, or the next number on either side of it. */
  private String oddNumber(JsonNode schema) {
    TreeSet<Double> limits = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (entry.getKey().endsWith("imum") && entry.getValue().isNumber()) {
        limits.add(entry.getValue().asDouble());
      }
    }
    if (limits.isEmpty() || random.nextInt(3) == 0) {
      return pick(NUMBERS);
    }
    double limit = pick(List.copyOf(limits));
    return switch (random.nextInt(5)) {
      case 0 -> Double.toString(Math.nextUp(limit));
      case 1 -> Double.toString(Math.nextDown(limit));
      case 2 -> written(limit + 1);
      case 3 -> written(limit - 1);
      default -> written(limit);
    };
  }

  private String written(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 && random.nextBoolean()
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private String oddText(JsonNode schema) {
    String format = schema.path("format").asString("");
    if (format.equals("date-time")) {
      return pick(TIMES);
    }
    if (format.equals("date")) {
      LocalDate limit =
          random.nextBoolean()
              ? day(schema, "inimum", "1900-01-01")
              : day(schema, "aximum", "2100-01-01");
      return random.nextInt(3) == 0
          ? pick(DATES)
          : "\"" + limit.plusDays(random.nextInt(-1, 2)) + "\"";
    }
    if (schema.has("maxLength") && random.nextInt(3) == 0) {
      int length = pick(List.of(longest(schema), longest(schema) + 1));
      return "\"" + pick(List.of("a", "é", "\\ud83d\\ude00")).repeat(length) + "\"";
    }
    if (schema.has("enum") && random.nextInt(3) == 0) {
      String listed = pick(schema.get("enum").valueStream().toList()).asString("");
      return "\""
          + pick(
              List.of(
                  listed + " ", listed.toUpperCase(Locale.ROOT), listed.toLowerCase(Locale.ROOT)))
          + "\"";
    }
    return pick(TEXTS);
  }

  /** An array with one item changed, missing or too many. */
  private String oddArray(JsonNode schema) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < schema.get("minItems").asInt(); i++) {
      items.add(valid(schema.get("items")));
    }
    int place = random.nextInt(items.size());
    switch (random.nextInt(6)) {
      case 0 -> items.remove(place);
      case 1 -> items.add(place, items.get(place));
      case 2 -> items.set(place, "[" + items.get(place) + "]");
      case 3 -> items.set(place, "null");
      default -> items.set(place, mutant(schema.get("items")));
    }
    return String.join(",", items).transform(inner -> "[" + inner + "]");
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  static JsonNode tree(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
