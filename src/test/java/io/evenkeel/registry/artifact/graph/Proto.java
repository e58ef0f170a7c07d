package io.evenkeel.registry.artifact.graph;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A protobuf message that a test writes field by field, as wrong as it likes. */
public final class Proto {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes a part of the message. */
  @FunctionalInterface
  private interface Part {
    void write(CodedOutputStream out) throws IOException;
  }

  private Proto write(Part part) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      part.write(out);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Proto put(int field, long value) {
    return write(out -> out.writeInt64(field, value));
  }

  public Proto put(int field, byte[] content) {
    return write(out -> out.writeByteArray(field, content));
  }

  public Proto put(int field, String text) {
    return put(field, text.getBytes(StandardCharsets.UTF_8));
  }

  public Proto put(int field, Proto message) {
    return put(field, message.toBytes());
  }

  /** A field whose length is said to be another than it is. */
  public Proto putCut(int field, int saidBytes, byte[] content) {
    return write(out -> {
      out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(saidBytes);
      out.writeRawBytes(content);
    });
  }

  public Proto putFixed(int field, int value) {
    return write(out -> out.writeFixed32(field, value));
  }

  /** The beginning of a group, without its end. */
  public Proto putGroup(int field) {
    return write(out -> out.writeTag(field, WireFormat.WIRETYPE_START_GROUP));
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
