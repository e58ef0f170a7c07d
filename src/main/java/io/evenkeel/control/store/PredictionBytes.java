package io.evenkeel.control.store;

import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.Outcome;
import io.evenkeel.monitoring.quality.Predicted;
import io.evenkeel.routing.RoutingHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed of a prediction and of its outcome, as bytes. Encryption doesn't hide a length, so
 * the length must not depend on the person: numbers take eight bytes each, and texts are filled up
 * to whole blocks, so that those of up to about fifty bytes are all as long as each other.
 */
final class PredictionBytes {
  private static final byte FORMAT = 1;
  private static final byte NUMBER = 0;
  private static final byte TEXT = 1;
  private static final int BLOCK = 64;

  private PredictionBytes() {}

  /** What is read back of a prediction. */
  record Content(Predicted predicted, KeptPrediction.@Nullable Group group, RoutingHash hash) {}

  static byte[] write(KeptPrediction prediction) {
    KeptPrediction.Group group = prediction.group();
    byte[] groupTexts = block(group == null ? List.of() : List.of(group.attribute(), group.name()));
    byte[] predicted =
        switch (prediction.predicted()) {
          case Predicted.Value(double value) -> number(value);
          case Predicted.Classes classes -> classes(classes);
        };
    return ByteBuffer.allocate(1 + 2 * Long.BYTES + groupTexts.length + predicted.length)
        .put(FORMAT)
        .putLong(prediction.route().hash().point())
        .putLong(prediction.route().hash().key())
        .put(groupTexts)
        .put(predicted)
        .array();
  }

  static Content readPrediction(byte[] bytes) {
    ByteBuffer in = begin(bytes);
    RoutingHash hash = new RoutingHash(in.getLong(), in.getLong());
    List<String> group = texts(in);
    Predicted predicted =
        in.get() == NUMBER ? new Predicted.Value(in.getDouble()) : readClasses(in);
    return new Content(
        predicted,
        group.isEmpty() ? null : new KeptPrediction.Group(group.get(0), group.get(1)),
        hash);
  }

  static byte[] write(Outcome outcome) {
    byte[] content =
        switch (outcome) {
          case Outcome.Value(double value) -> number(value);
          case Outcome.Label(String label) -> {
            byte[] text = block(List.of(label));
            yield ByteBuffer.allocate(1 + text.length).put(TEXT).put(text).array();
          }
        };
    return ByteBuffer.allocate(1 + content.length).put(FORMAT).put(content).array();
  }

  static Outcome readOutcome(byte[] bytes) {
    ByteBuffer in = begin(bytes);
    return in.get() == NUMBER
        ? new Outcome.Value(in.getDouble())
        : new Outcome.Label(texts(in).getFirst());
  }

  private static ByteBuffer begin(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != FORMAT) {
      throw new IllegalArgumentException("this is of a newer Evenkeel");
    }
    return in;
  }

  private static byte[] number(double value) {
    return ByteBuffer.allocate(1 + Double.BYTES).put(NUMBER).putDouble(value).array();
  }

  private static byte[] classes(Predicted.Classes classes) {
    int count = classes.labels().size();
    byte[] labels = block(classes.labels());
    ByteBuffer out =
        ByteBuffer.allocate(1 + Integer.BYTES + labels.length + count * Double.BYTES)
            .put(TEXT)
            .putInt(classes.winner())
            .put(labels);
    for (int i = 0; i < count; i++) {
      out.putDouble(classes.probability(i));
    }
    return out.array();
  }

  private static Predicted readClasses(ByteBuffer in) {
    int winner = in.getInt();
    List<String> labels = texts(in);
    double[] probabilities = new double[labels.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = in.getDouble();
    }
    return new Predicted.Classes(labels, probabilities, winner);
  }

  /** How many texts, then each with its length; filled up. */
  private static byte[] block(List<String> texts) {
    List<byte[]> encoded =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    int used = Integer.BYTES + encoded.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer out = ByteBuffer.allocate(filledUp(used)).putInt(texts.size());
    encoded.forEach(text -> out.putInt(text.length).put(text));
    return out.array();
  }

  private static List<String> texts(ByteBuffer in) {
    int start = in.position();
    int count = in.getInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] text = new byte[in.getInt()];
      in.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    in.position(start + filledUp(in.position() - start));
    return texts;
  }

  private static int filledUp(int bytes) {
    return Math.ceilDiv(bytes, BLOCK) * BLOCK;
  }
}
