package io.evenkeel.api;

import io.evenkeel.registry.ExternalWeights;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.ScratchVersion;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.Manifest;
import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.registry.artifact.VersionFiles;
import io.evenkeel.registry.artifact.graph.Proto;
import io.evenkeel.registry.artifact.graph.TestModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A models' folder where two are as they should be, and the others not. */
final class UntrustedModels extends ServedFolder {
  private static final ArtifactPolicy ANYTHING =
      new ArtifactPolicy(Long.MAX_VALUE, true, Set.of("evil.so"));

  @Override
  List<String> fill(Path root) throws IOException {
    Path trusted = Files.createDirectory(root.resolve("trusted"));
    make(new ScratchModels(root.resolve("models")), root, trusted);
    return List.of(
        "evenkeel.models.path=" + root.resolve("models"),
        "evenkeel.models.max-bytes=64MB",
        "evenkeel.models.signatures.mode=require",
        "evenkeel.models.signatures.trusted=" + trusted);
  }

  private static void make(ScratchModels models, Path root, Path trusted) throws IOException {
    Files.move(SigningKey.make(root.resolve("ours.pem")), trusted.resolve("ours.pem"));
    SigningKey.make(root.resolve("foreign.pem"));
    SigningKey ours = SigningKey.read(root.resolve("ours.pem"));
    sign(ours, ExternalWeights.make(models, "good/1", "weights/part.bin"));
    sign(ours, models.makeDoubling("doubling/1"));
    models.makeDoubling("unsigned/1");
    sign(SigningKey.read(root.resolve("foreign.pem")), models.makeDoubling("foreign/1"));
    wrong(ours, models.makeDoubling("wrong/1"));
    sign(ours, models.makeDoubling("tampered/1")).replace("contract.yaml", "number", "numbeR");
    sign(ours, located(models, "traversal/1", "../../good/1/weights/part.bin", "0"));
    sign(ours, located(models, "absolute/1", "/etc/hostname", "0"));
    sign(ours, located(models, "beyond/1", "w.bin", "4096"));
    sign(ours, ExternalWeights.make(models, "huge/1", "w.bin", huge()));
    Proto custom = TestModels.model(new Proto().put(1, TestModels.node("custom", "Run")));
    sign(ours, ExternalWeights.make(models, "custom/1", "w.bin", custom));
    ScratchVersion library = models.makeDoubling("library/1").write("evil.so", "code");
    Manifest.write(library.folder(), VersionFiles.list(library.folder(), ANYTHING));
    sign(ours, library);
    linked(sign(ours, models.makeDoubling("linked/1")), root);
    sparse(models.makeDoubling("sparse/1"));
    sign(ours, models.makeDoubling("garbage/1").write("model.onnx", "garbage").seal());
    models.writeRoutes("default: good\n");
  }

  private static ScratchVersion sign(SigningKey key, ScratchVersion version) {
    key.sign(version.folder(), ANYTHING);
    return version;
  }

  private static void wrong(SigningKey key, ScratchVersion version) throws IOException {
    Path file = sign(key, version).folder().resolve("manifest.sig");
    byte[] signature = Files.readAllBytes(file);
    version.write("notes.txt", "more").seal();
    Files.write(file, signature);
  }

  private static ScratchVersion located(
      ScratchModels models, String as, String location, String offset) {
    Proto weights =
        TestModels.external(
            TestModels.tensor("w", TestModels.FLOAT, 1, 1 << 20),
            "location",
            location,
            "offset",
            offset);
    return ExternalWeights.make(models, as, "w.bin", TestModels.adding(weights));
  }

  private static Proto huge() {
    return TestModels.adding(
        TestModels.external(
            TestModels.tensor("w", TestModels.FLOAT, 1L << 20, 1L << 20), "location", "w.bin"));
  }

  private static void linked(ScratchVersion version, Path root) throws IOException {
    Path golden = version.folder().resolve("golden.jsonl");
    Path elsewhere = Files.move(golden, root.resolve("golden.jsonl"));
    Files.createSymbolicLink(golden, elsewhere);
  }

  private static void sparse(ScratchVersion version) throws IOException {
    Path file = version.folder().resolve("w.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
  }
}
