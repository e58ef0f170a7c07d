package io.evenkeel.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads the {@code audit} section of a contract. */
final class AuditSection {
  private static final String VALUES = "values";
  private static final String ALL = "all";

  private AuditSection() {}

  /** The positions of the features whose values may be kept, in order. */
  static List<Integer> read(YamlNode document, List<Feature> features) {
    YamlNode section = document.find("audit");
    if (section == null) {
      return List.of();
    }
    section.allowKeys(Set.of(VALUES));
    YamlNode values = section.find(VALUES);
    if (values == null) {
      section.mistake(
          "`audit` doesn't say which values are kept", "add `values: all`, or a list of features");
      return List.of();
    }
    if (!values.isSequence()) {
      if (!values.text().equals(ALL)) {
        values.mistake(
            "`values` is neither `all` nor a list", "write `values: all`, or a list of features");
      }
      return IntStream.range(0, features.size()).boxed().toList();
    }
    List<String> names = features.stream().map(Feature::name).toList();
    TreeSet<Integer> positions = new TreeSet<>();
    for (YamlNode node : values.items()) {
      int position = names.indexOf(node.text());
      if (position < 0) {
        node.mistakeOfName("there is no feature `" + node.text() + "`", names);
      } else if (!positions.add(position)) {
        node.mistake("`" + node.text() + "` stands twice", "keep one of them");
      }
    }
    return List.copyOf(positions);
  }
}
