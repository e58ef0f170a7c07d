package io.evenkeel.registry;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Outputs;
import io.evenkeel.inference.ModelSession;
import io.evenkeel.inference.OutputTensor;
import io.evenkeel.inference.SessionSettings;
import io.evenkeel.preprocess.InputTensor;
import io.evenkeel.preprocess.TensorRows;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Manifest;
import io.evenkeel.registry.artifact.VersionFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at a version's folder as a server would before it serves it, and at what only people see. A
 * mistake in one stage doesn't hide those in others. Thread-safe.
 */
public final class FolderCheck {
  /** What a golden line says of an answer that isn't the trainer's own but the graph's. */
  public static final String FROM_GRAPH = "graph";

  /** The stage that holds the files against the manifest. */
  public static final String MANIFEST_STAGE = "manifest";

  /** What a mistake says of a placeholder. */
  public static final String TO_BE_FILLED_IN = " is still to be filled in";

  private static final String UNUSABLE_FOLDER = "the folder can't be used";

  private final JsonMapper json;
  private final ReferenceCheck references;
  private final ArtifactPolicy policy;
  private final EngineOpening opening;

  /**
   * @param json the mapper whose factory makes the parsers that rows are read with
   * @param references reads {@code reference.json}
   * @param policy what folders may hold
   */
  public FolderCheck(JsonMapper json, ReferenceCheck references, ArtifactPolicy policy) {
    this.json = json;
    this.references = references;
    this.policy = policy;
    this.opening = new EngineOpening(json);
  }

  /** The members each model card has, with what belongs there. */
  public static Map<String, String> cardMembers() {
    return CardCheck.members();
  }

  /** What becomes of the manifest. */
  public enum Sealing {
    /** The files are held against it. */
    VERIFY,
    /** It is written anew, if nothing else has to be mended. */
    WRITE
  }

  /** Looks at a version's folder. Takes as long as loading it does. */
  public CheckReport check(ModelFolder folder, Sealing sealing) {
    StageNotes notes = new StageNotes();
    VersionFiles files = notes.stage("folder", () -> checkFiles(folder, notes));
    ContractFile file = notes.stage("contract", () -> readContract(folder, notes));
    checkGraph(folder, files, file, notes);
    if (folder.has(ContractFile.NAME)) {
      notes.stage("words", () -> ContractWords.check(folder, notes));
    } else {
      notes.skip("words", "there is no contract");
    }
    notes.stage("card", () -> CardCheck.check(folder, notes));
    Contract contract = file == null ? null : file.contract();
    notes.stage("reference", () -> checkReference(folder, contract, notes));
    checkManifest(folder, files, sealing, notes);
    return new CheckReport(folder, notes.all());
  }

  private VersionFiles checkFiles(ModelFolder folder, StageNotes notes) {
    checkName(folder, notes);
    return VersionFiles.list(folder.path(), policy);
  }

  private static void checkName(ModelFolder folder, StageNotes notes) {
    Path path = folder.path();
    if (!folder.isNamedProperly()) {
      notes
          .mistakes()
          .add(
              path.toString(),
              0,
              "a server would pass the folder `"
                  + folder.model()
                  + "/"
                  + folder.version()
                  + "` over",
              "name it <model>/<version>, such as wine/1: small letters, digits and -, then up to"
                  + " three numbers with dots");
    }
  }

  private static ContractFile readContract(ModelFolder folder, StageNotes notes) {
    ContractFile file = EngineOpening.contract(folder, folder.read(ContractFile.NAME));
    notes.say(
        count(file.contract().features().size(), "feature")
            + ", "
            + switch (file.contract().outputs()) {
              case Outputs.Classification found -> count(found.labels().size(), "label");
              case Outputs.Regression ignored -> "a value";
              case Outputs.Raw ignored -> "raw outputs";
            });
    return file;
  }

  private void checkGraph(
      ModelFolder folder,
      @Nullable VersionFiles files,
      @Nullable ContractFile file,
      StageNotes notes) {
    if (files == null) {
      notes.skip("graph", UNUSABLE_FOLDER);
      skipRuns(notes, UNUSABLE_FOLDER);
      return;
    }
    SessionSettings settings =
        SessionSettings.choose(folder.size(), Runtime.getRuntime().availableProcessors())
            .withLoneRows();
    ModelSession session =
        notes.stage(
            "graph",
            () -> {
              ModelSession opened = EngineOpening.graph(folder, files, policy, settings);
              notes.say(signature(opened));
              return opened;
            });
    if (session == null || file == null) {
      skipRuns(notes, "the " + (session == null ? "graph" : "contract") + " can't be used");
      if (session != null) {
        session.close();
      }
      return;
    }
    try {
      Engine engine =
          notes.stage(
              "fit", () -> opening.fit(folder.read(ContractFile.NAME), file, session, settings));
      if (engine == null) {
        skipRuns(notes, "graph and contract don't fit");
      } else {
        checkRuns(folder, engine, notes);
      }
    } finally {
      session.close();
    }
  }

  private static void skipRuns(StageNotes notes, String reason) {
    List<String> done = notes.all().stream().map(CheckReport.Stage::name).toList();
    for (String stage : List.of("fit", "golden", "batches")) {
      if (!done.contains(stage)) {
        notes.skip(stage, reason);
      }
    }
  }

  private void checkRuns(ModelFolder folder, Engine engine, StageNotes notes) {
    List<TensorRows> examples = notes.stage("golden", () -> replay(folder, engine, notes));
    if (examples == null) {
      skipRuns(notes, "there are no examples that can be run");
      return;
    }
    notes.stage(
        "batches",
        () -> {
          new Company(engine, examples).check(notes.mistakes());
          notes.say(
              "sizes "
                  + engine.session().buckets().stream()
                      .map(String::valueOf)
                      .collect(Collectors.joining(", ")));
        });
  }

  private List<TensorRows> replay(ModelFolder folder, Engine engine, StageNotes notes) {
    byte[] golden = folder.read(ModelFolder.GOLDEN);
    List<TensorRows> examples = new GoldenReplay(engine, json).replay(golden);
    notes.say(count(examples.size(), "example") + " reproduced");
    long own = ownAnswers(golden);
    if (own > 0) {
      notes
          .hints()
          .add(
              ModelFolder.GOLDEN,
              0,
              own
                  + " of "
                  + examples.size()
                  + " examples hold the graph's own answers: they prove only that Evenkeel repeats"
                  + " the graph",
              "replace them by the trainer's answers to the same rows");
    }
    return examples;
  }

  private long ownAnswers(byte[] golden) {
    return new String(golden, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(FROM_GRAPH))
        .filter(this::isFromGraph)
        .count();
  }

  private boolean isFromGraph(String line) {
    try {
      return json.readTree(line).path("from").asString("").equals(FROM_GRAPH);
    } catch (JacksonException e) {
      return false;
    }
  }

  private void checkReference(ModelFolder folder, @Nullable Contract contract, StageNotes notes) {
    if (folder.has(ModelFolder.REFERENCE)) {
      notes.say(references.check(folder.read(ModelFolder.REFERENCE), contract));
    } else {
      notes.say("none");
      notes
          .hints()
          .add(
              ModelFolder.REFERENCE,
              0,
              "there is no reference, so nothing will tell that the data have changed",
              "write it when the model is trained; `init --data` makes one of a CSV file");
    }
  }

  private static void checkManifest(
      ModelFolder folder, @Nullable VersionFiles files, Sealing sealing, StageNotes notes) {
    if (files == null) {
      notes.skip(MANIFEST_STAGE, UNUSABLE_FOLDER);
      return;
    }
    switch (sealing) {
      case VERIFY ->
          notes.stage(
              "manifest",
              () -> {
                Manifest.read(files).verify(files);
                notes.say("each file has its digest");
              });
      case WRITE -> {
        if (notes.areSound()) {
          notes.stage(
              "manifest",
              () -> {
                boolean unsigned = Manifest.write(folder.path(), files);
                notes.say(unsigned ? "written; it has to be signed again" : "written");
              });
        } else {
          notes.skip(MANIFEST_STAGE, "not written: mend the mistakes first");
        }
      }
    }
  }

  private static String signature(ModelSession session) {
    return session.inputs().stream().map(FolderCheck::describe).collect(Collectors.joining(", "))
        + " -> "
        + session.outputs().stream().map(FolderCheck::describe).collect(Collectors.joining(", "));
  }

  private static String describe(InputTensor input) {
    return input.name() + " " + input.type() + " " + input.rowShape();
  }

  private static String describe(OutputTensor output) {
    return output.name() + " " + output.kind() + " " + output.rowShape();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
