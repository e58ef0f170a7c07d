package io.evenkeel.registry.artifact.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Walks through a graph's file and refuses what ONNX Runtime shouldn't be given: data from
 * elsewhere than the folder's files, tensors that don't have the data they declare or declare too
 * much, operators nobody brings, and files that are damaged. Nothing of the graph's data is kept,
 * and what a tensor holds is passed over unread, so a graph of any size takes about as long as its
 * nodes are many.
 *
 * <p>Field numbers are those of onnx.proto, IR version 13 (onnx 1.23).
 */
public final class GraphInspection {
  private static final int MOST_NAME = 1 << 10;

  private final Wire wire;
  private final GraphFindings findings;

  private GraphInspection(Wire wire, GraphFindings findings) {
    this.wire = wire;
    this.findings = findings;
  }

  /**
   * What a graph may have.
   *
   * @param maxBytes what its tensors may declare together
   * @param customOps whether it may use operators that a library brings
   */
  public record Limits(long maxBytes, boolean customOps) {}

  /**
   * Inspects a graph.
   *
   * @param graph its file
   * @param files the sizes of the files that it may take data from, by their names relative to it
   * @throws UnusableModelException with everything that is wrong; the first thing only, if the file
   *     is damaged
   */
  public static void inspect(Path graph, Map<String, Long> files, Limits limits) {
    String file = String.valueOf(graph.getFileName());
    GraphFindings findings = new GraphFindings(file, files, limits);
    try (InputStream in = Files.newInputStream(graph)) {
      long size = Files.size(graph);
      if (size >= Integer.MAX_VALUE) {
        throw new UnusableModelException(
            file,
            0,
            "the graph can't be loaded: it has more than 2 GB",
            "export it with its weights as external data");
      }
      Wire wire = new Wire(in, (int) size);
      walk(wire, new GraphInspection(wire, findings), file);
    } catch (IOException e) {
      throw UnusableModelException.unreadable(file, e);
    }
    findings.checkOperators();
    findings.mistakes().throwIfAny();
  }

  private static void walk(Wire wire, GraphInspection inspection, String file) throws IOException {
    try {
      inspection.model();
    } catch (InvalidProtocolBufferException | MalformedGraphException e) {
      String reason =
          e instanceof MalformedGraphException
              ? String.valueOf(e.getMessage())
              : "it isn't an ONNX file, or is cut off or damaged";
      throw new UnusableModelException(
          file,
          0,
          "the graph can't be loaded: " + reason + " (byte " + wire.position() + ")",
          "copy or export the graph again");
    }
  }

  private void model() throws IOException {
    Singulars once = new Singulars("the model");
    wire.fields(field ->
        switch (field) {
          case 7 -> once.first(field) && graph();
          case 20 -> training();
          case 25 -> function();
          default -> false;
        });
    if (!once.has(7)) {
      throw new MalformedGraphException("there is no graph in the file");
    }
  }

  private boolean training() throws IOException {
    Singulars once = new Singulars("a training");
    wire.message(field -> (field == 1 || field == 2) && once.first(field) && graph());
    return true;
  }

  private boolean function() throws IOException {
    Singulars once = new Singulars("a function");
    String[] operator = {"", ""};
    wire.message(field ->
        switch (field) {
          case 1 -> once.first(field) && name(operator, 1);
          case 10 -> once.first(field) && name(operator, 0);
          case 7 -> node();
          case 11 -> attribute();
          default -> false;
        });
    findings.defines(operator[0], operator[1]);
    return true;
  }

  private boolean graph() throws IOException {
    wire.message(field ->
        switch (field) {
          case 1 -> node();
          case 5 -> tensor();
          case 15 -> sparse();
          default -> false;
        });
    return true;
  }

  private boolean node() throws IOException {
    Singulars once = new Singulars("a node");
    String[] operator = {"", ""};
    wire.message(field ->
        switch (field) {
          case 4 -> once.first(field) && name(operator, 1);
          case 7 -> once.first(field) && name(operator, 0);
          case 5 -> attribute();
          default -> false;
        });
    findings.uses(operator[0], operator[1]);
    return true;
  }

  private boolean name(String[] operator, int place) throws IOException {
    operator[place] = wire.text(MOST_NAME);
    return true;
  }

  private boolean attribute() throws IOException {
    Singulars once = new Singulars("an attribute");
    wire.message(field ->
        switch (field) {
          case 5 -> once.first(field) && tensor();
          case 6 -> once.first(field) && graph();
          case 22 -> once.first(field) && sparse();
          case 10 -> tensor();
          case 11 -> graph();
          case 23 -> sparse();
          default -> false;
        });
    return true;
  }

  private boolean tensor() throws IOException {
    TensorReading.read(wire).check(findings);
    return true;
  }

  /** A sparse tensor: ONNX Runtime makes a dense one of it, with all the zeros. */
  private boolean sparse() throws IOException {
    Singulars once = new Singulars("a sparse tensor");
    Dimensions dense = new Dimensions();
    TensorReading[] values = new TensorReading[1];
    wire.message(field -> {
      switch (field) {
        case 1, 2 -> {
          once.first(field);
          TensorReading part = TensorReading.read(wire);
          part.check(findings);
          if (field == 1) {
            values[0] = part;
          }
        }
        case 3 -> wire.integers(dense::add);
        default -> {
          return false;
        }
      }
      return true;
    });
    if (!once.has(1) || !once.has(2)) {
      throw new MalformedGraphException("a sparse tensor lacks its values or their places");
    }
    TensorReading.declares(values[0].title(), values[0].type(), dense, findings);
    return true;
  }
}
