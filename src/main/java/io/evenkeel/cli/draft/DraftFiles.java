package io.evenkeel.cli.draft;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts a draft into its folder, beside a copy of the graph and its external data. */
public final class DraftFiles {
  private static final String GRAPH = "model.onnx";
  private static final List<String> NAMES =
      List.of(GRAPH, "contract.yaml", "golden.jsonl", "reference.json", "card.yaml");

  private final Path graph;
  private final Path folder;

  public DraftFiles(Path graph, Path folder) {
    this.graph = graph;
    this.folder = folder;
  }

  /** A name for the model's folder, after the graph's. */
  public static String modelName(Path graph) {
    return Names.model(String.valueOf(graph.getFileName()).replaceFirst("(?i)\\.onnx$", ""));
  }

  /**
   * Refuses to touch what is there.
   *
   * @throws UnusableModelException if one of the files is there already, and isn't the graph itself
   */
  public void requireFree() {
    List<String> there = new ArrayList<>();
    for (String name : NAMES) {
      boolean isGraph = name.equals(GRAPH) && isSameFile(folder.resolve(name));
      if (Files.exists(folder.resolve(name)) && !isGraph) {
        there.add(name);
      }
    }
    if (!there.isEmpty()) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "there is already " + String.join(", ", there),
          "name another folder with --out, or overwrite with --force");
    }
  }

  /** Writes the files, in place of what is there. */
  public void write(Map<String, String> texts) {
    try {
      Files.createDirectories(folder);
      if (!isSameFile(folder.resolve(GRAPH))) {
        Files.copy(graph, folder.resolve(GRAPH), StandardCopyOption.REPLACE_EXISTING);
        for (Path data : externalData()) {
          Files.copy(data, folder.resolve(data.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      for (Map.Entry<String, String> file : texts.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (FileSystemException e) {
      throw new UnusableModelException(
          String.valueOf(e.getFile()),
          0,
          "the file can't be written (" + e.getClass().getSimpleName() + ")",
          "check permissions and disk, or name another folder with --out");
    } catch (IOException e) {
      throw new UnusableModelException(
          folder.toString(), 0, "the files can't be written", "check the disk");
    }
  }

  private boolean isSameFile(Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(graph, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Files beside the graph that are named after it, as exporters name its weights. */
  private List<Path> externalData() throws IOException {
    Path parent = graph.toAbsolutePath().getParent();
    if (parent == null) {
      return List.of();
    }
    String name = String.valueOf(graph.getFileName());
    String stem = name.replaceFirst("\\.onnx$", "");
    List<String> candidates =
        List.of(name + ".data", name + "_data", stem + ".data", stem + "_data");
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(file -> candidates.contains(String.valueOf(file.getFileName())))
          .sorted()
          .toList();
    }
  }
}
