/**
 * A look at a graph before ONNX Runtime sees it, along protobuf's wire format and in constant
 * memory.
 */
@NullMarked
package io.evenkeel.registry.artifact.graph;

import org.jspecify.annotations.NullMarked;
