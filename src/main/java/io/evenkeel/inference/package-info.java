/**
 * Runs graphs: a {@link io.evenkeel.inference.ModelSession} is a loaded graph with counted leases,
 * a {@link io.evenkeel.inference.Runner} the buffers of one executor slot, an {@link
 * io.evenkeel.inference.OutputReader} turns what the graph says into a {@link
 * io.evenkeel.inference.Prediction}. Plain Java. Nothing else imports {@code ai.onnxruntime}; its
 * exceptions end here.
 */
@NullMarked
package io.evenkeel.inference;

import org.jspecify.annotations.NullMarked;
