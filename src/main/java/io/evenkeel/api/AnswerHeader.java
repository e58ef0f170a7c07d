package io.evenkeel.api;

import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.http.MimeHeaders;

/** A header of our own that each answer carries. Immutable. */
final class AnswerHeader {
  static final AnswerHeader REQUEST_ID = new AnswerHeader(RequestHeaders.REQUEST_ID);
  static final AnswerHeader SERVER_TIMING = new AnswerHeader("Server-Timing");

  private final String name;
  private final byte[] nameBytes;

  private AnswerHeader(String name) {
    this.name = name;
    this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sets it as bytes. Given texts, Tomcat makes an encoder for each name and each value, which was
   * a fifth of what a request allocated.
   *
   * @param value visible ASCII and blanks only: in bytes Tomcat looks for no line ends
   */
  void set(MimeHeaders headers, String value) {
    byte[] valueBytes = value.getBytes(StandardCharsets.US_ASCII);
    headers.removeHeader(name);
    headers.addValue(nameBytes, 0, nameBytes.length).setBytes(valueBytes, 0, valueBytes.length);
  }
}
