package io.evenkeel.registry.artifact.graph;

import java.io.IOException;

/** Says that a file isn't a graph as ONNX has it. */
final class MalformedGraphException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedGraphException(String reason) {
    super(reason);
  }
}
