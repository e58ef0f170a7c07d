package io.evenkeel.registry;

import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Artifacts;
import io.evenkeel.registry.artifact.Manifest;
import io.evenkeel.registry.artifact.SignatureCheck;
import io.evenkeel.registry.artifact.VersionFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks whether a version's files are what was sealed and signed, and its graph asks for nothing
 * else. ONNX Runtime isn't needed for it. Thread-safe.
 */
public final class TrustCheck {
  private final ArtifactPolicy policy;
  private final SignatureCheck signatures;

  /**
   * @param policy what folders may hold
   * @param signatures looks at signatures; where it is off they are named only
   */
  public TrustCheck(ArtifactPolicy policy, SignatureCheck signatures) {
    this.policy = policy;
    this.signatures = signatures;
  }

  /** Looks at a version's folder. Takes as long as reading its files does. */
  public CheckReport check(ModelFolder folder) {
    StageNotes notes = new StageNotes();
    VersionFiles files = notes.stage("folder", () -> VersionFiles.list(folder.path(), policy));
    if (files == null) {
      String reason = "the folder can't be used";
      for (String stage : List.of("manifest", "digests", "signature", "graph")) {
        notes.skip(stage, reason);
      }
      return new CheckReport(folder, notes.all());
    }
    Manifest manifest = notes.stage("manifest", () -> Manifest.read(files));
    if (manifest == null) {
      notes.skip("digests", "there is no usable manifest");
      notes.skip("signature", "there is no usable manifest");
    } else {
      notes.stage("digests", () -> checkDigests(files, manifest, notes));
      notes.stage("signature", () -> checkSignature(files, manifest, notes));
    }
    Path graph = folder.path().resolve(ModelFolder.GRAPH);
    notes.stage(
        "graph",
        () -> {
          folder.require(ModelFolder.GRAPH);
          Artifacts.inspect(graph, files, policy);
        });
    return new CheckReport(folder, notes.all());
  }

  private static void checkDigests(VersionFiles files, Manifest manifest, StageNotes notes) {
    manifest.verify(files);
    int count = files.sealed().size();
    notes.say(count + (count == 1 ? " file, " : " files, ") + files.bytes() + " bytes");
  }

  private void checkSignature(VersionFiles files, Manifest manifest, StageNotes notes) {
    String signers = signatures.describe(files, manifest);
    notes.say(signers.isEmpty() ? "none" : signers);
    if (!signatures.isOn()) {
      notes
          .hints()
          .add(
              "manifest.sig",
              0,
              signers.isEmpty()
                  ? "the folder isn't signed"
                  : "whether the signature is a right one wasn't looked at",
              signers.isEmpty()
                  ? "sign it with `evenkeel sign`, if your servers want that"
                  : "name the folder of trusted keys with --trusted");
    }
  }
}
