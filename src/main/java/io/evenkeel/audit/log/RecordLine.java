package io.evenkeel.audit.log;

import io.evenkeel.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record as it stands in a file, a line of JSON with its members in one order only:
 *
 * <pre>{"seq":7,"prev":"64 hex digits",...,"hash":"64 hex digits"}</pre>
 *
 * <p>{@code hash} is the SHA-256 of all bytes of the line before {@code ,"hash"}, and {@code prev}
 * the hash of the record before. Immutable.
 *
 * @param seq counts the records of a log from 1
 * @param prev the hash of the record before; 64 zeros for the first
 * @param hash as the line has it, right or wrong
 * @param isSound whether the hash is right
 * @param text the line without its end
 */
public record RecordLine(long seq, String prev, String hash, boolean isSound, String text) {
  /** What the first record of a log follows. */
  public static final String NOTHING = "0".repeat(64);

  private static final byte[] SEQ = ascii("{\"seq\":");
  private static final byte[] PREV = ascii(",\"prev\":\"");
  private static final byte[] HASH = ascii(",\"hash\":\"");
  private static final byte[] END = ascii("\"}");
  private static final int DIGITS = 64;
  private static final int TAIL = HASH.length + DIGITS + END.length;
  private static final int MOST_SEQ_DIGITS = 18;

  /**
   * Makes a record's line, without its end.
   *
   * @param json the other members as an object
   */
  static byte[] write(long seq, String prev, byte[] json) {
    byte[] number = ascii(Long.toString(seq));
    int members = json.length - 2;
    byte[] line = new byte[SEQ.length + number.length + PREV.length + DIGITS + 2 + members + TAIL];
    int at = put(line, 0, SEQ);
    at = put(line, at, number);
    at = put(line, at, PREV);
    at = put(line, at, ascii(prev));
    line[at++] = '"';
    line[at++] = ',';
    System.arraycopy(json, 1, line, at, members);
    at += members;
    String hash = hash(line, at);
    at = put(line, at, HASH);
    at = put(line, at, ascii(hash));
    put(line, at, END);
    return line;
  }

  /** The hash that a line made by {@link #write} has. */
  static String hashOf(byte[] line) {
    int from = line.length - END.length - DIGITS;
    return new String(line, from, DIGITS, StandardCharsets.US_ASCII);
  }

  private static String hash(byte[] line, int length) {
    MessageDigest digest = Sha256.begin();
    digest.update(line, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int put(byte[] line, int at, byte[] part) {
    System.arraycopy(part, 0, line, at, part.length);
    return at + part.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a line without its end; null where it isn't a record's. */
  static @Nullable RecordLine read(byte[] line) {
    int digitsEnd = SEQ.length;
    while (digitsEnd < line.length && line[digitsEnd] >= '0' && line[digitsEnd] <= '9') {
      digitsEnd++;
    }
    int digits = digitsEnd - SEQ.length;
    int hashAt = line.length - TAIL;
    int prevAt = digitsEnd + PREV.length;
    if (!has(line, 0, SEQ)
        || digits < 1
        || digits > MOST_SEQ_DIGITS
        || line[SEQ.length] == '0'
        || !has(line, digitsEnd, PREV)
        || hashAt < prevAt + DIGITS + 2
        || line[prevAt + DIGITS] != '"'
        || line[prevAt + DIGITS + 1] != ','
        || !has(line, hashAt, HASH)
        || !has(line, line.length - END.length, END)) {
      return null;
    }
    String prev = new String(line, prevAt, DIGITS, StandardCharsets.ISO_8859_1);
    String found = hashOf(line);
    if (!isHash(prev) || !isHash(found)) {
      return null;
    }
    long seq = Long.parseLong(new String(line, SEQ.length, digits, StandardCharsets.US_ASCII));
    return new RecordLine(
        seq,
        prev,
        found,
        hash(line, hashAt).equals(found),
        new String(line, StandardCharsets.UTF_8));
  }

  private static boolean has(byte[] line, int at, byte[] part) {
    return at >= 0
        && at + part.length <= line.length
        && Arrays.equals(line, at, at + part.length, part, 0, part.length);
  }

  private static boolean isHash(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** All members. Only of a sound line is it sure that there are any. */
  public JsonNode json() {
    return JsonMapper.shared().readTree(text);
  }

  /** Whether it is of a kind, which is asked without reading all of it. */
  boolean isOf(String kind) {
    return text.contains("\"kind\":\"" + kind + "\"")
        && json().path("kind").asString("").equals(kind);
  }
}
