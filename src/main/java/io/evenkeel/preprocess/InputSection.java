package io.evenkeel.preprocess;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code inputs} section of a contract against a graph's inputs. */
final class InputSection {
  private static final List<Transform> AS_IT_IS = List.of(new Transform.Passthrough());

  private final Contract contract;
  private final List<InputTensor> inputs;

  InputSection(Contract contract, List<InputTensor> inputs) {
    this.contract = contract;
    this.inputs = inputs;
  }

  /** For each of the graph's inputs its columns; incomplete where mistakes were noted. */
  List<List<Column>> read(YamlNode document) {
    YamlNode section = document.find("inputs");
    if (section == null) {
      return List.of(untransformed(document));
    }
    List<@Nullable List<Column>> found = new ArrayList<>(Collections.nCopies(inputs.size(), null));
    for (YamlNode node : section.items()) {
      readInput(node, found);
    }
    List<List<Column>> columns = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<Column> ofInput = found.get(i);
      if (ofInput == null) {
        section.mistake(
            "nothing fills the graph's input `" + inputs.get(i).name() + "`",
            "add `- tensor: " + inputs.get(i).name() + "` with its columns");
      }
      columns.add(ofInput == null ? List.of() : ofInput);
    }
    return columns;
  }

  private List<Column> untransformed(YamlNode document) {
    if (inputs.size() != 1) {
      document.mistake(
          "the graph has the inputs " + names() + " and the contract doesn't say what fills them",
          "add an `inputs` section");
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    List<YamlNode> features = document.items("features");
    for (int i = 0; i < contract.features().size(); i++) {
      add(i, AS_IT_IS, features.get(i), inputs.getFirst(), columns);
    }
    checkWidth(columns, inputs.getFirst(), document);
    return columns;
  }

  private void readInput(YamlNode node, List<@Nullable List<Column>> found) {
    node.allowKeys(Set.of("tensor", "columns"));
    String name =
        node.requireText("tensor", "name the graph's input that is filled, one of " + names());
    int index = names().indexOf(name);
    if (index < 0) {
      if (!name.isEmpty()) {
        node.mistake("the graph has no input `" + name + "`", "use one of " + names());
      }
      return;
    }
    if (found.get(index) != null) {
      node.mistake(
          "the input `" + name + "` is filled twice", "put all its columns into one entry");
    }
    List<Column> columns = new ArrayList<>();
    int mistakesBefore = node.mistakes().all().size();
    for (YamlNode entry : node.items("columns")) {
      readEntry(entry, inputs.get(index), columns);
    }
    if (node.mistakes().all().size() == mistakesBefore) {
      checkWidth(columns, inputs.get(index), node);
    }
    found.set(index, columns);
  }

  private void readEntry(YamlNode entry, InputTensor input, List<Column> columns) {
    entry.allowKeys(Set.of("feature", "features", "transforms"));
    List<YamlNode> features = new ArrayList<>(entry.items("features"));
    YamlNode single = entry.find("feature");
    if (single != null) {
      features.add(single);
    }
    if (features.isEmpty()) {
      entry.mistake("no feature is named", "add `feature: <name>` or `features: [..]`");
    }
    for (YamlNode feature : features) {
      int index = contract.indexOf(feature.text());
      if (index < 0) {
        feature.mistake(
            "there is no feature `" + feature.text() + "`", "use a feature of this contract");
      } else {
        List<Transform> transforms = transforms(entry, index);
        if (transforms != null) {
          add(index, transforms, entry, input, columns);
        }
      }
    }
  }

  private @Nullable List<Transform> transforms(YamlNode entry, int feature) {
    if (entry.find("transforms") == null) {
      return AS_IT_IS;
    }
    TransformReader reader = new TransformReader(contract.features().get(feature));
    List<Transform> transforms = new ArrayList<>();
    boolean complete = true;
    for (YamlNode node : entry.items("transforms")) {
      Transform transform = reader.read(node);
      if (transform == null) {
        complete = false;
      } else {
        transforms.add(transform);
      }
    }
    return complete ? transforms : null;
  }

  private void add(
      int feature,
      List<Transform> transforms,
      YamlNode where,
      InputTensor input,
      List<Column> columns) {
    Column column = new ColumnCompiler(contract, feature, where, input.type()).compile(transforms);
    if (column != null) {
      columns.add(column);
    }
  }

  private static void checkWidth(List<Column> columns, InputTensor input, YamlNode where) {
    long width = columns.stream().mapToLong(Column::width).sum();
    if (width != input.elements()) {
      where.mistake(
          "the contract gives "
              + width
              + " columns, and the graph's input `"
              + input.name()
              + "` has "
              + input.elements(),
          "list each column of the training data once, in its order");
    }
  }

  private List<String> names() {
    return inputs.stream().map(InputTensor::name).toList();
  }
}
