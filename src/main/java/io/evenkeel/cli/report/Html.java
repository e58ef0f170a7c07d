package io.evenkeel.cli.report;

import java.util.List;

/** Pieces of a page. Whatever comes from data is escaped here. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /** A table of texts; columns from the second on are to the right where they are numbers. */
  static String table(List<String> header, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class='wide'><table><thead><tr>");
    header.forEach(cell -> html.append("<th>").append(escaped(cell)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (String cell : row) {
        boolean number = cell.matches("[-<>]?[0-9][0-9.,E+-]*( %)?");
        html.append(number ? "<td class='n'>" : "<td>").append(escaped(cell)).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>";
  }
}
