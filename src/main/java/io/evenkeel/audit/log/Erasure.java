package io.evenkeel.audit.log;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases the encrypted values of records by overwriting their keys, while the chain stays whole,
 * and leaves a note from which the log's writer makes a record of it. Works beside a running
 * server. Stateless.
 */
public final class Erasure {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
  private static final long LONGEST_NOTE = 1 << 22;
  private static final int MOST_IN_A_NOTE = 10_000;

  private Erasure() {}

  /**
   * Erases the values of all records that are meant.
   *
   * @param author who wants it, and why
   * @return the ids of the answers whose values there were, in the order of the log
   * @throws UnusableModelException if the log can't be read or its keys can't be written
   */
  public static List<String> erase(Path folder, Predicate<JsonNode> meant, Author author) {
    List<String> erased = new ArrayList<>();
    try {
      for (Path segment : Segments.list(folder)) {
        if (Files.exists(Segments.dataKeys(segment))) {
          erase(segment, meant, erased);
        }
      }
      for (int from = 0; from < erased.size(); from += MOST_IN_A_NOTE) {
        leave(folder, erased.subList(from, Math.min(from + MOST_IN_A_NOTE, erased.size())), author);
      }
      return erased;
    } catch (IOException e) {
      throw new UnusableModelException(
          folder.toString(),
          0,
          "values couldn't be erased (" + e + "); " + erased.size() + " were",
          "check the folder and its permissions, and do it again");
    }
  }

  /** Who wants something erased, and why. */
  public record Author(String who, String why) {}

  private static void erase(Path segment, Predicate<JsonNode> meant, List<String> erased)
      throws IOException {
    try (LineReader lines = new LineReader(segment)) {
      for (byte[] line = lines.next(); line != null && lines.hasEnded(); line = lines.next()) {
        RecordLine record = RecordLine.read(line);
        if (record == null || !record.isSound() || !record.text().contains("\"values\":\"")) {
          continue;
        }
        JsonNode json = record.json();
        if (meant.test(json) && DataKeyFile.erase(segment, record.seq())) {
          erased.add(json.path("id").asString(""));
        }
      }
    }
  }

  private static void leave(Path folder, List<String> ids, Author author) throws IOException {
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("who", author.who());
    note.put("why", author.why());
    note.put("ids", ids);
    String name = UUID.randomUUID().toString();
    Path written = folder.resolve(name + ".new");
    Files.writeString(written, JsonMapper.shared().writeValueAsString(note));
    Files.move(written, folder.resolve(name + Segments.NOTE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The record that a note becomes; null where it isn't one. */
  static byte @Nullable [] note(Path file, Instant now) throws IOException {
    if (Files.size(file) > LONGEST_NOTE) {
      LOG.warn("{} is too long for a note; it isn't recorded", file);
      return null;
    }
    try {
      JsonNode note = JsonMapper.shared().readTree(Files.readString(file, StandardCharsets.UTF_8));
      List<String> ids = new ArrayList<>();
      note.path("ids").forEach(id -> ids.add(id.asString("")));
      return Members.of(now, "erased")
          .with("who", note.path("who").asString(""))
          .with("why", note.path("why").asString(""))
          .with("ids", ids)
          .json();
    } catch (JacksonException e) {
      LOG.warn("{} is no note; it isn't recorded", file);
      return null;
    }
  }
}
