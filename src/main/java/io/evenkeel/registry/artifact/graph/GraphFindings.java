package io.evenkeel.registry.artifact.graph;

import io.evenkeel.contract.Mistakes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What is found out about a graph while it is walked through. Not thread-safe. */
final class GraphFindings {
  private static final int MOST_MISTAKES = 20;
  private static final int MOST_OPERATORS = 10_000;
  private static final int MOST_SHOWN = 200;

  /** The domains whose operators ONNX Runtime brings along, as 1.29 lists them. */
  private static final Set<String> OWN_DOMAINS =
      Set.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "ai.onnx.training",
          "ai.onnx.preview",
          "ai.onnx.preview.training",
          "com.microsoft",
          "com.microsoft.experimental",
          "com.microsoft.nchwc",
          "com.ms.internal.nhwc");

  private record Operator(String domain, String name) {}

  private final String file;
  private final Map<String, Long> files;
  private final GraphInspection.Limits limits;
  private final Mistakes mistakes = new Mistakes();
  private final Set<Operator> foreign = new LinkedHashSet<>();
  private final Set<Operator> functions = new HashSet<>();
  private long declaredBytes;

  /**
   * @param file the graph's name
   * @param files the sizes of the folder's files, by their names
   */
  GraphFindings(String file, Map<String, Long> files, GraphInspection.Limits limits) {
    this.file = file;
    this.files = files;
    this.limits = limits;
  }

  Map<String, Long> files() {
    return files;
  }

  Mistakes mistakes() {
    return mistakes;
  }

  void mistake(String cause, String mend) {
    mistakes.add(file, 0, cause, mend);
    if (mistakes.all().size() == MOST_MISTAKES) {
      mistakes.add(file, 0, "there may be more; the rest wasn't looked at", "mend these first");
      mistakes.throwIfAny();
    }
  }

  /**
   * Counts what a tensor will take in memory. Ends the inspection when the graph takes too much, be
   * it by many tensors that share their data.
   */
  void declare(String tensor, Dimensions dimensions, long bytes) {
    if (bytes > limits.maxBytes() - declaredBytes) {
      mistake(
          "with "
              + tensor
              + " of dimensions "
              + dimensions
              + " the graph declares more than "
              + limits.maxBytes()
              + " bytes of tensors",
          "raise evenkeel.models.max-bytes if the model is really so large");
      mistakes.throwIfAny();
    }
    declaredBytes += bytes;
  }

  void uses(String domain, String name) throws MalformedGraphException {
    if (!OWN_DOMAINS.contains(domain)) {
      add(foreign, new Operator(domain, name));
    }
  }

  void defines(String domain, String name) throws MalformedGraphException {
    add(functions, new Operator(domain, name));
  }

  private static void add(Set<Operator> operators, Operator one) throws MalformedGraphException {
    if (operators.size() == MOST_OPERATORS) {
      throw new MalformedGraphException(
          "it has more than " + MOST_OPERATORS + " operators of its own");
    }
    operators.add(one);
  }

  /** Looks for operators that nobody defines, once all functions are known. */
  void checkOperators() {
    if (limits.customOps()) {
      return;
    }
    foreign.removeAll(functions);
    for (Operator operator : foreign) {
      mistake(
          "the operator `"
              + shown(operator.name())
              + "` of the domain `"
              + shown(operator.domain())
              + "` is neither ONNX Runtime's own nor a function of the graph",
          "export the graph without it, or add its library and list that in"
              + " evenkeel.models.custom-ops");
    }
  }

  /** A text of the graph's, fit to be shown. */
  static String shown(String text) {
    String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
