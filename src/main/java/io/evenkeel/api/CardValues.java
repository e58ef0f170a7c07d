package io.evenkeel.api;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a card's values, whatever their shape: texts in paragraphs, mappings as description lists,
 * lists as lists, and what has the form of a table as a table.
 */
final class CardValues {
  private static final int MOST_COLUMNS = 8;

  private final HtmlWriter html;

  CardValues(HtmlWriter html) {
    this.html = html;
  }

  /** Writes a value where text may stand. */
  void write(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> members when !members.isEmpty() -> mapping(members);
      case Collection<?> items when !items.isEmpty() -> list(items);
      case String text when !text.isBlank() -> paragraphs(text);
      case Number number ->
          html.element("data", CardWords.number(number), "value", String.valueOf(number));
      case Boolean flag -> html.text(flag ? "yes" : "no");
      case null, default -> html.element("span", "not stated", "class", "dim");
    }
  }

  private void mapping(Map<?, ?> members) {
    Set<String> columns = columns(members.values());
    if (members.size() > 1 && !columns.isEmpty()) {
      table(columns, members.entrySet().stream().map(Row::of).toList());
      return;
    }
    boolean figures = members.values().stream().allMatch(Number.class::isInstance);
    html.open("dl", "class", figures ? "figures" : "members");
    members.forEach((name, value) -> {
      html.open("div").element("dt", CardWords.label(String.valueOf(name))).open("dd");
      write(value);
      html.close("dd").close("div");
    });
    html.close("dl");
  }

  private void list(Collection<?> items) {
    Set<String> columns = columns(items);
    if (items.size() > 1 && !columns.isEmpty()) {
      table(columns, items.stream().map(item -> new Row(null, (Map<?, ?>) item)).toList());
      return;
    }
    html.open("ul");
    for (Object item : items) {
      html.open("li");
      write(item);
      html.close("li");
    }
    html.close("ul");
  }

  /** One row of a table: the cells by their columns. */
  private record Row(@Nullable String name, Map<?, ?> cells) {
    static Row of(Map.Entry<?, ?> member) {
      return new Row(String.valueOf(member.getKey()), (Map<?, ?>) member.getValue());
    }
  }

  /** The names of the columns, if the values have the form of a table's rows; else none. */
  private static Set<String> columns(Collection<?> rows) {
    Set<String> columns = new LinkedHashSet<>();
    for (Object row : rows) {
      if (!(row instanceof Map<?, ?> cells)
          || cells.values().stream().anyMatch(CardValues::isNested)) {
        return Set.of();
      }
      cells.keySet().forEach(name -> columns.add(String.valueOf(name)));
    }
    return columns.size() > MOST_COLUMNS ? Set.of() : columns;
  }

  private static boolean isNested(@Nullable Object value) {
    return value instanceof Map || value instanceof Collection;
  }

  private void table(Set<String> columns, List<Row> rows) {
    boolean named = rows.getFirst().name() != null;
    html.open("div", "class", "wide", "tabindex", "0").open("table").open("thead").open("tr");
    if (named) {
      html.open("td").close("td");
    }
    columns.forEach(name -> html.element("th", CardWords.label(name), "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (Row row : rows) {
      html.open("tr");
      if (row.name() != null) {
        html.element("th", CardWords.label(row.name()), "scope", "row");
      }
      for (String column : columns) {
        Object cell = row.cells().get(column);
        html.open("td", "class", cell instanceof Number ? "number" : "text");
        if (cell != null) {
          write(cell);
        }
        html.close("td");
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("div");
  }

  private void paragraphs(String text) {
    List<String> paragraphs =
        Stream.of(text.strip().split("\\R\\s*\\R", -1)).filter(part -> !part.isBlank()).toList();
    if (paragraphs.size() == 1) {
      html.element("span", paragraphs.getFirst(), "class", "prose");
    } else {
      paragraphs.forEach(part -> html.element("p", part, "class", "prose"));
    }
  }
}
