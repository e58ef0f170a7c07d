package io.evenkeel.api;

import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * A header that each answer carries, as bytes. Given texts, Tomcat makes an encoder for each name
 * and each value, which was a fifth of what a request allocated. Immutable.
 */
final class AnswerHeader {
  static final AnswerHeader CONTENT_TYPE = new AnswerHeader("Content-Type");
  static final AnswerHeader DATE = new AnswerHeader("Date");
  static final AnswerHeader REQUEST_ID = new AnswerHeader(RequestHeaders.REQUEST_ID);
  static final AnswerHeader SERVER_TIMING = new AnswerHeader("Server-Timing");

  private final String name;
  private final byte[] nameBytes;

  private AnswerHeader(String name) {
    this.name = name;
    this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sets it.
   *
   * @param value visible ASCII and blanks only: in bytes Tomcat looks for no line ends
   */
  void set(MimeHeaders headers, CharSequence value) {
    byte[] bytes = new byte[value.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) value.charAt(i);
    }
    named(headers).setBytes(bytes, 0, bytes.length);
  }

  /** Adds its name, for one whose value Tomcat is sure to set. */
  void name(MimeHeaders headers) {
    named(headers);
  }

  private MessageBytes named(MimeHeaders headers) {
    headers.removeHeader(name);
    return headers.addValue(nameBytes, 0, nameBytes.length);
  }
}
