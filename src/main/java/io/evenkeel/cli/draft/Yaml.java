package io.evenkeel.cli.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes texts as YAML: plainly where that can't be misread, else in double quotes. */
final class Yaml {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private Yaml() {}

  static String scalar(String text) {
    boolean isWord = WORDS.contains(text.toLowerCase(Locale.ROOT));
    // A JSON string is a YAML string too.
    return PLAIN.matcher(text).matches() && !isWord
        ? text
        : JsonMapper.shared().writeValueAsString(text);
  }

  static String list(List<String> texts) {
    return texts.stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A text that a check refuses until somebody has replaced it. */
  static String todo(String what) {
    return scalar("TODO: " + what);
  }
}
