package io.evenkeel.inference;

import io.evenkeel.contract.Mistakes;
import io.evenkeel.inference.OutputTensor.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A graph's outputs while a contract is held against them. Notes what doesn't fit; used by one
 * thread.
 *
 * @param all the graph's outputs, in its order
 * @param mistakes where to note mistakes
 * @param section where the contract declares them
 */
record GraphOutputs(List<OutputTensor> all, Mistakes mistakes, OutputReader.Section section) {

  /** The output a key of the contract names; null, with a mistake noted, if it doesn't fit. */
  @Nullable OutputTensor find(String key, String name, Set<Kind> kinds) {
    for (OutputTensor output : all) {
      if (output.name().equals(name)) {
        if (kinds.contains(output.kind())) {
          return output;
        }
        mistake(
            "outputs." + key + " names '" + name + "', which holds " + output.kind(),
            "name an output of one of the kinds " + sorted(kinds));
        return null;
      }
    }
    mistake(
        "outputs." + key + " names '" + name + "', which isn't an output of the graph",
        "use one of " + all.stream().map(OutputTensor::name).collect(Collectors.joining(", ")));
    return null;
  }

  private static String sorted(Set<Kind> kinds) {
    return kinds.stream().sorted().map(Kind::name).collect(Collectors.joining(", "));
  }

  void mistake(String cause, String mend) {
    mistakes.add(section.file(), section.line(), cause, mend);
  }
}
