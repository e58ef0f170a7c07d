package io.evenkeel.registry.artifact.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Walks through a protobuf message field by field, without keeping what it has passed. Whatever
 * isn't as protobuf has it ends in a {@link MalformedGraphException}: lengths beyond the message
 * around, messages nested deeper than ONNX Runtime's own parser goes, values of another form than
 * their field's. Not thread-safe.
 */
final class Wire {
  /** As deep as protobuf's own parsers go unless told otherwise. */
  static final int MOST_DEPTH = 100;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int CHUNK_BYTES = 1 << 13;
  private static final int SIGN_OF_MORE = 0x80;

  private final CodedInputStream in;
  private int depth;
  private int field;
  private int form;

  /** What a message's fields are given to. */
  @FunctionalInterface
  interface Fields {
    /** Reads the current field, or leaves it to be skipped. Returns whether it has read it. */
    boolean take(int field) throws IOException;
  }

  /**
   * @param bytes how many there are
   */
  Wire(InputStream source, int bytes) throws IOException {
    in = CodedInputStream.newInstance(source, BUFFER_BYTES);
    in.pushLimit(bytes);
  }

  /** How far it has come. */
  int position() {
    return in.getTotalBytesRead();
  }

  /** Reads the fields up to the end of the message. */
  void fields(Fields fields) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field = WireFormat.getTagFieldNumber(tag);
      form = WireFormat.getTagWireType(tag);
      if (form == WireFormat.WIRETYPE_START_GROUP || form == WireFormat.WIRETYPE_END_GROUP) {
        throw new MalformedGraphException("it has a group, which ONNX doesn't know");
      }
      if (!fields.take(field)) {
        skip(tag);
      }
    }
  }

  private void skip(int tag) throws IOException {
    if (form == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      in.skipRawBytes(length());
    } else if (!in.skipField(tag)) {
      throw new MalformedGraphException("a field is of no known form");
    }
  }

  /** Reads the current field as a message. */
  void message(Fields fields) throws IOException {
    int length = length();
    if (++depth > MOST_DEPTH) {
      throw new MalformedGraphException("it is nested deeper than " + MOST_DEPTH + " messages");
    }
    int outer = in.pushLimit(length);
    fields(fields);
    in.popLimit(outer);
    depth--;
  }

  /** The current field as an integer. */
  long integer() throws IOException {
    require(WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  /** Passes the current field, and returns how many bytes it has. */
  int passBytes() throws IOException {
    int length = length();
    in.skipRawBytes(length);
    return length;
  }

  /** The current field as a text. */
  String text(int most) throws IOException {
    int length = length();
    if (length > most) {
      throw new MalformedGraphException("a name is longer than " + most + " bytes");
    }
    ByteString bytes = ByteString.copyFrom(in.readRawBytes(length));
    if (!bytes.isValidUtf8()) {
      throw new MalformedGraphException("a name isn't UTF-8");
    }
    return bytes.toStringUtf8();
  }

  /** Gives the integers of a repeated field, packed or not, to a consumer. */
  void integers(LongConsumer each) throws IOException {
    if (form == WireFormat.WIRETYPE_VARINT) {
      each.accept(in.readRawVarint64());
      return;
    }
    int outer = in.pushLimit(length());
    while (in.getBytesUntilLimit() > 0) {
      each.accept(in.readRawVarint64());
    }
    in.popLimit(outer);
  }

  /** How many integers the current repeated field has, packed or not. */
  int countIntegers() throws IOException {
    if (form == WireFormat.WIRETYPE_VARINT) {
      in.readRawVarint64();
      return 1;
    }
    int count = 0;
    for (int left = length(); left > 0; left -= CHUNK_BYTES) {
      for (byte one : in.readRawBytes(Math.min(left, CHUNK_BYTES))) {
        count += (one & SIGN_OF_MORE) == 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** How many numbers of a fixed width the current repeated field has, packed or not. */
  int countFixed(int width) throws IOException {
    int alone = width == Integer.BYTES ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_FIXED64;
    if (form == alone) {
      in.skipRawBytes(width);
      return 1;
    }
    int length = passBytes();
    if (length % width != 0) {
      throw new MalformedGraphException("a list of numbers ends within one");
    }
    return length / width;
  }

  private int length() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    if (length < 0 || length > in.getBytesUntilLimit()) {
      throw new MalformedGraphException("a field reaches beyond the end of what it is in");
    }
    return length;
  }

  private void require(int expected) throws MalformedGraphException {
    if (form != expected) {
      throw new MalformedGraphException("field " + field + " of a message has a wrong form");
    }
  }
}
