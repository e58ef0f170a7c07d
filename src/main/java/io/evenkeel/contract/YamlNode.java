package io.evenkeel.contract;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A node of a YAML document that knows its line. What a caller asks for and doesn't find in the
 * right form becomes a {@link Mistake}, and a fallback is returned, so that one reading finds all
 * mistakes. Not thread-safe.
 */
public final class YamlNode {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private final String file;
  private final Node node;
  private final Mistakes mistakes;

  private YamlNode(String file, Node node, Mistakes mistakes) {
    this.file = file;
    this.node = node;
    this.mistakes = mistakes;
  }

  /**
   * Parses one document.
   *
   * @throws UnusableModelException if the text isn't YAML, holds an alias bomb, is empty, or is no
   *     mapping
   */
  public static YamlNode parse(String file, String text, Mistakes mistakes) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(20);
    Node root;
    try {
      root =
          new Yaml(
                  new SafeConstructor(options),
                  new Representer(new DumperOptions()),
                  new DumperOptions(),
                  options)
              .compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new UnusableModelException(
          file,
          line,
          "this is not valid YAML: " + e.getProblem(),
          "correct the syntax at this line");
    } catch (YAMLException e) {
      throw new UnusableModelException(
          file,
          0,
          "this is not valid YAML: " + firstLine(e),
          "correct the syntax, for example with a YAML linter");
    }
    if (root == null) {
      throw new UnusableModelException(
          file, 0, "the file is empty", "write the document docs/model-folder.md describes");
    }
    if (!(root instanceof MappingNode)) {
      throw new UnusableModelException(
          file, 1, "the document is no mapping with keys", "write it as `key: value` lines");
    }
    return new YamlNode(file, root, mistakes);
  }

  private static String firstLine(YAMLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  public int line() {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  /** Notes a mistake at this node's line. */
  public void mistake(String cause, String mend) {
    mistakes.add(file, line(), cause, mend);
  }

  /**
   * Notes that this text names nothing that is known, and what was probably meant.
   *
   * @param cause the same in words
   */
  public void mistakeOfName(String cause, Collection<String> known) {
    mistake(
        cause,
        Suggestion.of(text(), known)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("use one of " + new TreeSet<>(known)));
  }

  /** Where this document's mistakes are collected. */
  public Mistakes mistakes() {
    return mistakes;
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isSequence() {
    return node instanceof SequenceNode;
  }

  /** The members of a mapping, in their order; a mistake and nothing where this is no mapping. */
  public Map<String, YamlNode> members() {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      mistake("expected a mapping with keys", "write it as `key: value` lines");
      return members;
    }
    for (var tuple : mapping.getValue()) {
      YamlNode key = child(tuple.getKeyNode());
      if (members.put(key.text(), child(tuple.getValueNode())) != null) {
        key.mistakeOfDuplicate();
      }
    }
    return members;
  }

  private void mistakeOfDuplicate() {
    mistake("the key `" + text() + "` stands twice", "keep one of them");
  }

  /** Notes a mistake for each key that isn't one of these, or that stands twice. */
  public void allowKeys(Set<String> allowed) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (var tuple : mapping.getValue()) {
      YamlNode key = child(tuple.getKeyNode());
      if (!seen.add(key.text())) {
        key.mistakeOfDuplicate();
      } else if (!allowed.contains(key.text())) {
        key.mistake(
            "the key `" + key.text() + "` is unknown here",
            Suggestion.of(key.text(), allowed)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("use one of " + new TreeSet<>(allowed)));
      }
    }
  }

  public @Nullable YamlNode find(String key) {
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return child(tuple.getValueNode());
        }
      }
    }
    return null;
  }

  /** The items of a sequence; a mistake and nothing where this is no sequence. */
  public List<YamlNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      mistake("expected a list", "write it as `[a, b]` or as lines that begin with `- `");
      return List.of();
    }
    List<YamlNode> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(child(item)));
    return items;
  }

  /** The items under a key; nothing if the key is absent. */
  public List<YamlNode> items(String key) {
    YamlNode child = find(key);
    return child == null ? List.of() : child.items();
  }

  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    mistake("expected a plain value", "write a text or a number here");
    return "";
  }

  public @Nullable String findText(String key) {
    YamlNode child = find(key);
    return child == null ? null : child.text();
  }

  /** The text under a key that has to be there. */
  public String requireText(String key, String mend) {
    String found = findText(key);
    if (found == null) {
      mistake("the key `" + key + "` is missing", mend);
    }
    return Objects.requireNonNullElse(found, "");
  }

  public boolean flag(String key, boolean fallback) {
    YamlNode child = find(key);
    if (child == null) {
      return fallback;
    }
    return switch (child.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        child.mistake("`" + key + "` is neither true nor false", "write `true` or `false`");
        yield fallback;
      }
    };
  }

  /** A finite number, or NaN and a mistake. */
  public double number() {
    return parse(
        "a finite number",
        text -> {
          double value = Double.parseDouble(text);
          // Java would take 12f and 0x1p3 too.
          if (!Double.isFinite(value) || !DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException(text);
          }
          return value;
        },
        Double.NaN);
  }

  public double number(String key, double fallback) {
    YamlNode child = find(key);
    return child == null ? fallback : child.number();
  }

  /** A number that has to be there. */
  public double requireNumber(String key) {
    YamlNode child = find(key);
    if (child == null) {
      mistake("the key `" + key + "` is missing", "add `" + key + ": <number>`");
      return 1;
    }
    return child.number();
  }

  /** A whole number of 64 bits, or 0 and a mistake. */
  public long integer() {
    return parse("a whole number", Long::parseLong, 0L);
  }

  public int integer(String key, int fallback) {
    YamlNode child = find(key);
    return child == null ? fallback : child.parse("a whole number", Integer::parseInt, fallback);
  }

  private <T> T parse(String what, Function<String, T> parser, T fallback) {
    String text = text();
    try {
      return parser.apply(text.replace("_", ""));
    } catch (NumberFormatException e) {
      mistake("`" + text + "` is not " + what, "write " + what);
      return fallback;
    }
  }

  /**
   * One of an enumeration's constants, written in camelCase ({@code ONE_HOT} as {@code oneHot}).
   */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    YamlNode child = find(key);
    if (child == null) {
      return fallback;
    }
    String text = child.text();
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
    }
    child.mistake(
        "`" + text + "` is no value of `" + key + "`",
        "use one of "
            + Arrays.stream(type.getEnumConstants())
                .map(YamlNode::written)
                .collect(Collectors.joining(", ")));
    return fallback;
  }

  /** How a contract writes an enumeration's constant. */
  public static String written(Enum<?> constant) {
    String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder text = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
    }
    return text.toString();
  }

  /**
   * This node as JSON values: maps, lists, strings, numbers, booleans and null, typed as YAML's
   * core schema types them.
   */
  public @Nullable Object toJson() {
    if (node.isTwoStepsConstruction()) {
      mistake("an alias names the node it stands in", "write the value out");
      return null;
    }
    if (node instanceof MappingNode) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      members().forEach((key, value) -> object.put(key, value.toJson()));
      return object;
    }
    if (node instanceof SequenceNode) {
      List<@Nullable Object> array = new ArrayList<>();
      items().forEach(item -> array.add(item.toJson()));
      return array;
    }
    String text = text();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      // The parser speaks YAML 1.1, where yes, no, on and off are booleans too.
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> text;
      };
    }
    try {
      if (tag.equals(Tag.INT)) {
        return Long.parseLong(text);
      }
      return tag.equals(Tag.FLOAT) ? (Object) Double.parseDouble(text) : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private YamlNode child(Node child) {
    return new YamlNode(file, child, mistakes);
  }
}
