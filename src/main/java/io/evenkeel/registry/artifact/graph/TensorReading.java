package io.evenkeel.registry.artifact.graph;

import java.io.IOException;

/** One {@code TensorProto}: what it declares, held against the data it brings. Not thread-safe. */
final class TensorReading {
  private static final int DIMS = 1;
  private static final int TYPE = 2;
  private static final int SEGMENT = 3;
  private static final int FLOATS = 4;
  private static final int INTS32 = 5;
  private static final int STRINGS = 6;
  private static final int INTS64 = 7;
  private static final int NAME = 8;
  private static final int RAW = 9;
  private static final int DOUBLES = 10;
  private static final int UINTS64 = 11;
  private static final int EXTERNAL = 13;
  private static final int PLACE = 14;
  private static final int MOST_NAME = 1 << 16;

  private static final String MEND = "copy the graph again, or export it again";

  private final Singulars once = new Singulars("a tensor");
  private final Dimensions dimensions = new Dimensions();
  private final ExternalData external = new ExternalData();
  private String name = "";
  private long type;
  private long place;
  private long rawBytes;
  private int list;
  private long entries;

  private TensorReading() {}

  /** Reads the current field of the wire. */
  static TensorReading read(Wire wire) throws IOException {
    TensorReading tensor = new TensorReading();
    wire.message(field -> tensor.take(field, wire));
    return tensor;
  }

  private boolean take(int field, Wire wire) throws IOException {
    switch (field) {
      case DIMS -> wire.integers(dimensions::add);
      case TYPE -> type = once.first(field) ? wire.integer() : 0;
      case SEGMENT -> throw new MalformedGraphException("it has a tensor in segments");
      case FLOATS -> listed(field, wire.countFixed(Float.BYTES));
      case DOUBLES -> listed(field, wire.countFixed(Double.BYTES));
      case INTS32, INTS64, UINTS64 -> listed(field, wire.countIntegers());
      case STRINGS -> listed(field, countText(wire));
      case NAME -> name = once.first(field) ? wire.text(MOST_NAME) : "";
      case RAW -> rawBytes = once.first(field) ? wire.passBytes() : 0;
      case EXTERNAL -> readExternal(wire);
      case PLACE -> place = once.first(field) ? wire.integer() : 0;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static int countText(Wire wire) throws IOException {
    wire.passBytes();
    return 1;
  }

  private void listed(int field, long more) throws MalformedGraphException {
    if (list != 0 && list != field) {
      throw new MalformedGraphException("a tensor has lists of different types");
    }
    list = field;
    entries += more;
  }

  private void readExternal(Wire wire) throws IOException {
    String[] entry = {"", ""};
    Singulars pair = new Singulars("external data");
    wire.message(field -> {
      if (field != 1 && field != 2) {
        return false;
      }
      pair.first(field);
      entry[field - 1] = wire.text(MOST_NAME);
      return true;
    });
    external.put(entry[0], entry[1]);
  }

  /** The number of its element type. */
  long type() {
    return type;
  }

  /** What to call it. */
  String title() {
    return name.isEmpty()
        ? "a tensor without a name"
        : "the tensor `" + GraphFindings.shown(name) + "`";
  }

  /** Notes what is wrong with it. */
  void check(GraphFindings findings) {
    if (!declares(title(), type, dimensions, findings)) {
      return;
    }
    if (place == 1) {
      checkExternal(findings);
    } else if (place != 0 || !external.isEmpty()) {
      findings.mistake(title() + " says where its data are, but not that they are external", MEND);
    } else {
      checkInline(findings);
    }
  }

  /** Whether type and dimensions are possible and not too large; notes it if they aren't. */
  static boolean declares(String title, long type, Dimensions dimensions, GraphFindings findings) {
    if (ElementSizes.bits(type) == ElementSizes.UNKNOWN) {
      findings.mistake(title + " has the element type " + type + ", which isn't known", MEND);
      return false;
    }
    if (dimensions.areImpossible()) {
      findings.mistake(title + " has the dimensions " + dimensions + ", which no tensor has", MEND);
      return false;
    }
    long bytes;
    try {
      bytes = ElementSizes.bytes(type, dimensions.elements());
    } catch (ArithmeticException e) {
      bytes = Long.MAX_VALUE;
    }
    findings.declare(title, dimensions, bytes);
    return true;
  }

  private void checkExternal(GraphFindings findings) {
    if (type == ElementSizes.STRING) {
      findings.mistake(title() + " has texts as external data, which ONNX doesn't know", MEND);
      return;
    }
    if (rawBytes > 0 || entries > 0) {
      findings.mistake(title() + " has its data both in the graph and beside it", MEND);
      return;
    }
    ExternalData.Fault fault =
        external.fault(findings.files(), ElementSizes.bytes(type, dimensions.elements()));
    if (fault != null) {
      findings.mistake(title() + " " + fault.cause(), fault.mend());
    }
  }

  private void checkInline(GraphFindings findings) {
    boolean raw = once.has(RAW);
    if (raw && entries > 0) {
      findings.mistake(title() + " has its data twice", MEND);
      return;
    }
    long elements = dimensions.elements();
    boolean fits;
    if (raw && type != ElementSizes.STRING) {
      fits = rawBytes == ElementSizes.bytes(type, elements);
    } else {
      boolean listed = entries == 0 || list == ElementSizes.list(type);
      fits = rawBytes == 0 && listed && entries == ElementSizes.entries(type, elements);
    }
    if (!fits) {
      findings.mistake(
          title()
              + " of dimensions "
              + dimensions
              + " has "
              + (raw ? rawBytes + " bytes" : entries + " numbers or texts")
              + " of data, which isn't what it needs",
          MEND);
    }
  }
}
