package io.evenkeel.cli.replay;

import io.evenkeel.cli.generate.Generator;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.monitoring.Reference;
import io.evenkeel.registry.ScratchModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Copies of bundled versions in which something is wrong, and rows to find it with. */
final class Planted {
  private final Path root;

  Planted(Path root) {
    this.root = root;
  }

  static Path bundled(String version) {
    return Path.of("models", version);
  }

  /** A copy of a bundled version, with a part of its contract replaced. */
  Path copy(String bundled, String part, String replacement) {
    Path folder = root.resolve(bundled.replace("/1", "/9").replace("/2", "/9"));
    try {
      if (!Files.exists(folder)) {
        new ScratchModels(root).copy(bundled, root.relativize(folder).toString());
      }
      Path contract = folder.resolve("contract.yaml");
      String text = Files.readString(bundled(bundled).resolve("contract.yaml"));
      if (!text.contains(part)) {
        throw new IllegalArgumentException("the contract doesn't have `" + part + "`");
      }
      Files.writeString(contract, text.replace(part, replacement));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of generated rows. */
  Path rows(String bundled, int rows, double invalid) {
    Path file = root.resolve(bundled.replace('/', '-') + "-" + rows + ".jsonl");
    try {
      Contract contract =
          ContractFile.read(Files.readAllBytes(bundled(bundled).resolve("contract.yaml")))
              .contract();
      Generator generator =
          new Generator(
              contract,
              Reference.find(bundled(bundled)).orElseThrow(),
              new Generator.Settings(1, invalid, 0, List.of()),
              JsonMapper.shared().tokenStreamFactory());
      try (Writer out = Files.newBufferedWriter(file)) {
        for (int i = 0; i < rows; i++) {
          out.write(generator.next().line() + "\n");
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(root.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
