package io.evenkeel.cli.draft;

import io.evenkeel.contract.Outputs;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputTensor.Kind;
import io.evenkeel.inference.Prediction;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.registry.FolderCheck;
import io.evenkeel.registry.ModelFolder;
import io.evenkeel.registry.PredictionTree;
import io.evenkeel.registry.artifact.Artifacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drafts a version's files from a graph and, where there are any, rows of data. Writes nothing. For
 * one thread.
 */
public final class Draft {
  /** Begins a comment in a drafted contract that asks a person to look, and stops nothing. */
  public static final String DOUBT = "# Look: ";

  private static final int GOLDEN_LINES = 50;
  private static final int PROBED_ROWS = 500;
  private static final double TOLERANCE = 1e-5;
  private static final long LONGEST_RUN_NANOS = 10_000_000_000L;

  /** Where the two best classes are closer, rounding alone could change the label. */
  private static final double CLEAR_MARGIN = 1e-3;

  private static final List<String> RAW = List.of("outputs:", "  task: raw");

  private final Sources sources;
  private final ModelFolder target;
  private final Watch watch;

  /**
   * What a draft is made of.
   *
   * @param graph the ONNX file
   * @param data a CSV file; null without one
   * @param labels its columns that are no features
   */
  public record Sources(Path graph, @Nullable Path data, List<String> labels) {
    public Sources {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A draft.
   *
   * @param files the texts of the files, by their names
   * @param rows how many rows the data have
   * @param remarks what was noticed on the way
   */
  public record Drafted(Map<String, String> files, long rows, List<String> remarks) {
    public Drafted {
      files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
      remarks = List.copyOf(remarks);
    }
  }

  /** An instance, and what came of it in the data if they say. */
  private record Case(Map<String, @Nullable Object> instance, @Nullable String outcome) {}

  /** A case and what the graph says to it. */
  private record Example(Case of, Prediction prediction) {}

  /**
   * @param target the folder the files are meant for; its names stand in the card
   * @param watch told how far the passes over the data are
   */
  public Draft(Sources sources, ModelFolder target, Watch watch) {
    this.sources = sources;
    this.target = target;
    this.watch = watch;
  }

  /**
   * Drafts the files.
   *
   * @throws UnusableModelException if the graph can't be loaded, the data can't be read, or they
   *     don't fit each other
   */
  public Drafted make() {
    long size = sources.graph().toFile().length();
    SessionSettings settings =
        SessionSettings.choose(size, Runtime.getRuntime().availableProcessors());
    Artifacts.inspect(sources.graph());
    try (ModelSession session = ModelSession.open(sources.graph(), settings)) {
      Path data = sources.data();
      return data == null ? withoutData(session) : withData(session, CsvTable.open(data));
    }
  }

  private Drafted withoutData(ModelSession session) {
    List<FeatureDraft> features =
        Layout.of(session.inputs()).slots().stream()
            .map(slot -> new FeatureGuess(slot).blindly())
            .toList();
    Map<String, @Nullable Object> zeros = new LinkedHashMap<>();
    features.forEach(feature -> zeros.put(feature.name(), feature.emptyValue()));
    ContractText contract = new ContractText(features, session.inputs(), Map.of());
    return files(session, contract, List.of(new Case(zeros, null)), List.of(), null, features);
  }

  private Drafted withData(ModelSession session, CsvTable table) {
    Layout layout = Layout.of(table, sources.labels(), session.inputs());
    DataProfile profile = new DataProfile(table, layout.slots(), sources.labels());
    profile.read((share, rows) -> watch.at(share / 2, rows));
    List<FeatureDraft> features = profile.features(layout);
    if (layout.widens()) {
      checkWidth(session, table, features);
    }
    List<Case> cases = new ArrayList<>();
    for (@Nullable String[] cells : profile.sampleRows()) {
      Map<String, @Nullable Object> instance = new LinkedHashMap<>();
      features.forEach(feature -> instance.put(feature.name(), feature.value(cells)));
      cases.add(new Case(instance, profile.outcome(cells)));
    }
    ContractText contract = new ContractText(features, session.inputs(), example(cases));
    return files(session, contract, cases, profile.classes(), profile, features);
  }

  private static void checkWidth(
      ModelSession session, CsvTable table, List<FeatureDraft> features) {
    int wanted = session.inputs().getFirst().elements();
    int found = features.stream().mapToInt(FeatureDraft::width).sum();
    if (found != wanted) {
      throw new UnusableModelException(
          table.file().toString(),
          1,
          "the graph takes "
              + wanted
              + " columns, and the file has "
              + features.size()
              + ", which are "
              + found
              + " with an element for each value of a text",
          "give the columns the model was trained on, in their order, and name each that is no"
              + " feature with --label");
    }
  }

  /** The first row without gaps, else the first; gaps aside, each feature has an example then. */
  private static Map<String, Object> example(List<Case> cases) {
    Map<String, Object> example = new LinkedHashMap<>();
    for (Case one : cases) {
      one.instance()
          .forEach((name, value) -> {
            if (value != null) {
              example.putIfAbsent(name, value);
            }
          });
      if (example.size() == one.instance().size()) {
        break;
      }
    }
    return example;
  }

  private Drafted files(
      ModelSession session,
      ContractText contract,
      List<Case> cases,
      List<String> classes,
      @Nullable DataProfile profile,
      List<FeatureDraft> features) {
    OutputDraft outputs =
        new OutputGuess(session.outputs(), probe(session, contract, cases), classes).guess();
    String text = contract.with(outputs.lines());
    List<Example> examples = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    String failure = run(session, text, cases, examples);
    if (failure != null) {
      remarks.add(failure);
    }
    if (sources.labels().size() == 1 && outputs.areLabelsKnown()) {
      String agreement = agreement(sources.labels().getFirst(), examples);
      if (agreement != null) {
        remarks.add(agreement);
      }
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("contract.yaml", text);
    files.put("golden.jsonl", golden(examples, outputs.areLabelsKnown()));
    if (profile != null) {
      Map<String, Object> sketches =
          profile.sketches(features, (share, rows) -> watch.at(0.5 + share / 2, rows));
      List<Prediction> answers = examples.stream().map(Example::prediction).toList();
      files.put(
          "reference.json",
          ReferenceText.of(
              profile.rows(), sketches, AnswerSketch.of(answers, outputs.areLabelsKnown())));
    }
    String source =
        sources.graph().getFileName()
            + (sources.data() == null ? "" : " and " + sources.data().getFileName());
    files.put(
        "card.yaml",
        CardText.of(target.model(), target.version(), FolderCheck.cardMembers(), source));
    return new Drafted(files, profile == null ? 0 : profile.rows(), remarks);
  }

  /** All outputs for some rows, as the graph gives them. */
  private static List<Map<String, Object>> probe(
      ModelSession session, ContractText contract, List<Case> cases) {
    List<Map<String, Object>> answers = new ArrayList<>();
    if (session.outputs().stream().anyMatch(output -> output.kind() == Kind.OTHER)) {
      return answers;
    }
    Outputs.Raw raw = new Outputs.Raw(Outputs.NonFinite.NULL);
    try (Trial trial = new Trial(contract.with(RAW), raw, session)) {
      for (Case one : spread(cases, PROBED_ROWS)) {
        if (trial.tryRun(one.instance()) instanceof Prediction.Raw answer) {
          answers.add(answer.outputs());
        }
      }
    }
    return answers;
  }

  /**
   * Runs the rows until it takes too long.
   *
   * @return why no row was answered; null if some were
   */
  private static @Nullable String run(
      ModelSession session, String contract, List<Case> cases, List<Example> examples) {
    long end = System.nanoTime() + LONGEST_RUN_NANOS;
    try (Trial trial = new Trial(contract, null, session)) {
      for (Case one : cases) {
        Prediction prediction = trial.tryRun(one.instance());
        if (prediction != null) {
          examples.add(new Example(one, prediction));
        }
        if (examples.size() >= GOLDEN_LINES && System.nanoTime() - end > 0) {
          break;
        }
      }
      return examples.isEmpty()
          ? "the graph answered none of the rows: " + Objects.requireNonNull(trial.lastFailure())
          : null;
    }
  }

  private static @Nullable String agreement(String column, List<Example> examples) {
    Agreement agreement = new Agreement(column);
    for (Example example : examples) {
      String outcome = example.of().outcome();
      if (outcome != null) {
        agreement.add(example.prediction(), outcome);
      }
    }
    return agreement.sentence();
  }

  private static String golden(List<Example> examples, boolean labelsKnown) {
    List<Example> clear = examples.stream().filter(Draft::isClear).toList();
    StringBuilder text = new StringBuilder();
    for (Example example : spread(clear.isEmpty() ? examples : clear, GOLDEN_LINES)) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("instance", example.of().instance());
      line.put("prediction", prediction(example.prediction(), labelsKnown));
      line.put("tolerance", TOLERANCE);
      line.put("from", FolderCheck.FROM_GRAPH);
      text.append(JsonMapper.shared().writeValueAsString(line)).append('\n');
    }
    return text.toString();
  }

  /** By their places where the classes have no names yet, so that naming them changes nothing. */
  private static Map<String, @Nullable Object> prediction(
      Prediction prediction, boolean labelsKnown) {
    Map<String, @Nullable Object> tree = PredictionTree.of(prediction);
    if (!labelsKnown && tree.get("probabilities") instanceof Map<?, ?> probabilities) {
      return Map.of("probabilities", List.copyOf(probabilities.values()));
    }
    return tree;
  }

  private static boolean isClear(Example example) {
    if (!(example.prediction() instanceof Prediction.Classification found)) {
      return true;
    }
    double[] sorted = found.probabilities().toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] - sorted[sorted.length - 2] > CLEAR_MARGIN;
  }

  /** Some of the items, evenly spread over all. */
  private static <T> List<T> spread(List<T> items, int most) {
    if (items.size() <= most) {
      return items;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(items.get((int) ((long) i * items.size() / most)));
    }
    return chosen;
  }
}
