package io.evenkeel.registry.artifact.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a tensor says that its data are, beside the graph. Not thread-safe. */
final class ExternalData {
  private static final Set<String> KEYS = Set.of("location", "offset", "length", "checksum");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
  private static final String INSIDE = "name a file of the folder, such as weights/part.bin";

  /** With this location ONNX Runtime takes the offset for an address in its own memory. */
  private static final String MEMORY = "_ORT_MEM_ADDR_";

  private final Map<String, String> entries = new HashMap<>();

  void put(String key, String value) throws MalformedGraphException {
    if (!KEYS.contains(key)) {
      throw new MalformedGraphException("external data have a key that ONNX doesn't know");
    }
    if (entries.put(key, value) != null) {
      throw new MalformedGraphException("external data have their `" + key + "` twice");
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** What is wrong with it. */
  record Fault(String cause, String mend) {}

  /**
   * Looks for the data in the folder's files.
   *
   * @param files the sizes of the folder's files, by their names
   * @param bytes how many the tensor needs
   * @return null if they are there
   */
  @Nullable Fault fault(Map<String, Long> files, long bytes) {
    String location = entries.getOrDefault("location", "");
    Fault misplaced = misplaced(location);
    if (misplaced != null) {
      return misplaced;
    }
    Long size = files.get(location.startsWith("./") ? location.substring(2) : location);
    if (size == null) {
      return new Fault(
          "is in `" + shown(location) + "`, which is no file of the folder",
          "copy the file here and list it in the manifest, or export the graph again");
    }
    String offset = entries.getOrDefault("offset", "0");
    String length = entries.getOrDefault("length", String.valueOf(bytes));
    if (!NUMBER.matcher(offset).matches() || !NUMBER.matcher(length).matches()) {
      return new Fault(
          "has the offset `" + shown(offset) + "` and the length `" + shown(length) + "`",
          "both are whole numbers of bytes, not negative; export the graph again");
    }
    if (Long.parseLong(length) != bytes) {
      return new Fault(
          "has " + length + " bytes of external data, but needs " + bytes,
          "export the graph again: `length` is the product of dimensions and element size");
    }
    if (Long.parseLong(offset) > size - bytes) {
      return new Fault(
          "is to be at "
              + offset
              + " to "
              + offset
              + " + "
              + bytes
              + " of `"
              + shown(location)
              + "`, which has "
              + size
              + " bytes",
          "copy the file again, or export the graph again");
    }
    return null;
  }

  private static @Nullable Fault misplaced(String location) {
    if (location.isEmpty()) {
      return new Fault("has external data without a location", INSIDE);
    }
    if (location.contains(MEMORY)) {
      return new Fault("is to be at an address in the server's memory", INSIDE);
    }
    if (location.chars().anyMatch(Character::isISOControl)) {
      return new Fault("has a location with control characters", INSIDE);
    }
    if (location.indexOf('\\') >= 0) {
      return new Fault("has a location with a backslash, `" + shown(location) + "`", INSIDE);
    }
    if (location.startsWith("/") || DRIVE.matcher(location).matches()) {
      return new Fault("has an absolute location, `" + shown(location) + "`", INSIDE);
    }
    if (List.of(location.split("/", -1)).contains("..")) {
      return new Fault("has a location that leads out, `" + shown(location) + "`", INSIDE);
    }
    return null;
  }

  private static String shown(String text) {
    return GraphFindings.shown(text);
  }
}
