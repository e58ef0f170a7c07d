package io.evenkeel.api;

import io.evenkeel.keyring.KeyFile;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.artifact.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Versions whose requests are recorded: {@code m} durably and with its values, {@code later}
 * without anybody waiting, {@code never} not at all.
 */
final class AuditedModels extends ServedFolder {
  @Override
  List<String> fill(Path root) throws IOException {
    ScratchModels models = new ScratchModels(root.resolve("models"));
    models
        .makeDoubling("m/1")
        .replace("contract.yaml", "outputs:", "audit: {values: [x]}\noutputs:")
        .seal();
    models.makeDoubling("m/2");
    models.makeDoubling("later/1");
    models.makeDoubling("never/1");
    models.writeRoutes("default: m\nmodels:\n  m: {stable: '1'}\n");
    SigningKey.make(root.resolve("audit.pem"));
    Files.move(
        root.resolve("audit.pub.pem"),
        Files.createDirectory(root.resolve("trusted")).resolve("audit.pub.pem"));
    new KeyFile(root.resolve("audit.keys")).add("k1");
    return List.of(
        "evenkeel.models.path=" + root.resolve("models"),
        "evenkeel.models.poll=5ms",
        "evenkeel.audit.mode=durable",
        "evenkeel.audit.models.later=async",
        "evenkeel.audit.models.never=off",
        "evenkeel.audit.patience=30s",
        "evenkeel.audit.path=" + root.resolve("audit"),
        "evenkeel.audit.signing-key=" + root.resolve("audit.pem"),
        "evenkeel.keyring.file=" + root.resolve("audit.keys"),
        "evenkeel.keyring.poll=10ms");
  }
}
