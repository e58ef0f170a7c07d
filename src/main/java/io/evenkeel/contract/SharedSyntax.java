package io.evenkeel.contract;

/**
 * Tells whether a regular expression means the same in RE2, in which contracts write it, and in
 * ECMA-262 with the flag {@code u}, in which JSON Schema does. When in doubt it says no: for
 * example a dot matches other line ends there, and {@code \s} other blanks.
 */
final class SharedSyntax {
  private static final String SYNTAX = "^$\\.*+?()[]{}|/";
  private static final String CLASSES = "dDwW";
  private static final String CONTROLS = "ntrf";

  private final String regex;
  private int next;

  private SharedSyntax(String regex) {
    this.regex = regex;
  }

  /**
   * @param regex is one in RE2's syntax
   */
  static boolean holds(String regex) {
    return new SharedSyntax(regex).isShared();
  }

  private boolean isShared() {
    boolean repeatable = false;
    while (next < regex.length()) {
      char c = regex.charAt(next++);
      switch (c) {
        case '^', '$', '|' -> repeatable = false;
        case '(' -> {
          if (peek('?') && !skip("?:")) {
            return false;
          }
          repeatable = false;
        }
        case '*', '+', '?', '{' -> {
          if (!repeatable || (c == '{' && !skipCount())) {
            return false;
          }
          skip("?");
          repeatable = false;
        }
        case '[' -> {
          if (!skipClass()) {
            return false;
          }
          repeatable = true;
        }
        case '\\' -> {
          boolean boundary = peek('b');
          if (!(boundary ? skip("b") : skipEscape(CLASSES))) {
            return false;
          }
          repeatable = !boundary;
        }
        case '.', ']', '}' -> {
          return false;
        }
        default -> {
          if (Character.isSurrogate(c)) {
            return false;
          }
          repeatable = true;
        }
      }
    }
    return true;
  }

  private boolean peek(char c) {
    return next < regex.length() && regex.charAt(next) == c;
  }

  private boolean skip(String text) {
    boolean found = regex.startsWith(text, next);
    next += found ? text.length() : 0;
    return found;
  }

  /** What follows an opening brace: {@code 2}}, {@code 2,}} or {@code 2,5}}. */
  private boolean skipCount() {
    int digits = skipDigits();
    if (skip(",")) {
      skipDigits();
    }
    return digits > 0 && skip("}");
  }

  private int skipDigits() {
    int from = next;
    while (next < regex.length() && regex.charAt(next) >= '0' && regex.charAt(next) <= '9') {
      next++;
    }
    return next - from;
  }

  /** What follows a backslash, outside classes or within. */
  private boolean skipEscape(String further) {
    if (next == regex.length()) {
      return false;
    }
    char c = regex.charAt(next++);
    if (c == 'x') {
      boolean hex = regex.substring(next).matches("(?s)[0-9a-fA-F]{2}.*");
      next += hex ? 2 : 0;
      return hex;
    }
    return (SYNTAX + CONTROLS + further).indexOf(c) >= 0;
  }

  /** What follows an opening bracket. A hyphen stands between two characters, or escaped. */
  private boolean skipClass() {
    skip("^");
    if (peek(']')) {
      return false;
    }
    while (!skip("]")) {
      if (!skipMember()) {
        return false;
      }
      if (skip("-") && (peek(']') || !skipMember())) {
        return false;
      }
    }
    return true;
  }

  /** One character of a class. Sets of characters as members are left out, and Java's operators. */
  private boolean skipMember() {
    if (next == regex.length()) {
      return false;
    }
    char c = regex.charAt(next++);
    if (c == '\\') {
      return skipEscape("-");
    }
    return c != '[' && c != '-' && c != '&' && !Character.isSurrogate(c);
  }
}
