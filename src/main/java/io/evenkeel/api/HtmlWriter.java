package io.evenkeel.api;

import org.springframework.web.util.HtmlUtils;

/**
 * Writes elements, and escapes every text and every attribute on the way: there is no call that
 * takes markup. Names of elements and attributes are the code's own, never data. Not thread-safe.
 */
final class HtmlWriter {
  private static final char UNWRITABLE = '\uFFFD';

  private final StringBuilder html = new StringBuilder("<!doctype html>\n");

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  HtmlWriter open(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      append(attributes[i + 1]);
      html.append('"');
    }
    html.append('>');
    return this;
  }

  HtmlWriter close(String element) {
    html.append("</").append(element).append('>');
    return this;
  }

  /** An element that holds nothing but a text. */
  HtmlWriter element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  HtmlWriter text(String text) {
    append(text);
    return this;
  }

  /** Our own style sheet. In a style element nothing is escaped, so it takes no data. */
  HtmlWriter style(StyleSheet sheet) {
    open("style");
    html.append(sheet.text());
    return close("style");
  }

  private void append(String text) {
    html.append(HtmlUtils.htmlEscape(writable(text), "UTF-8"));
  }

  /** Without the characters that HTML mustn't hold, and without halves of surrogate pairs. */
  private static String writable(String text) {
    StringBuilder writable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> writable.appendCodePoint(isWritable(point) ? point : (int) UNWRITABLE));
    return writable.toString();
  }

  private static boolean isWritable(int point) {
    boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return !control && !half;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
