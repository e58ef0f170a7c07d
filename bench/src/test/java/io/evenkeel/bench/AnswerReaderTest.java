package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private static final String SIZED = "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello";
  private static final String CHUNKED =
      "HTTP/1.1 503 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          + "5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: 1\r\n\r\n";

  private final AnswerReader reader = new AnswerReader();

  @Test
  void readsAnAnswerOfStatedLength() {
    assertThat(reader.read(bytes(SIZED))).isTrue();
    assertThat(reader.status()).isEqualTo(200);
    assertThat(reader.keepAlive()).isTrue();
  }

  @Test
  void readsChunksThatComeByteByByte() {
    for (int i = 0; i < CHUNKED.length() - 1; i++) {
      assertThat(reader.read(bytes(CHUNKED.substring(i, i + 1)))).isFalse();
    }
    assertThat(reader.read(bytes("\n"))).isTrue();
    assertThat(reader.status()).isEqualTo(503);
    assertThat(reader.keepAlive()).isFalse();
  }

  @Test
  void leavesTheNextAnswerInTheBuffer() {
    ByteBuffer both = bytes(CHUNKED + SIZED);
    assertThat(reader.read(both)).isTrue();
    reader.next();
    assertThat(reader.read(both)).isTrue();
    assertThat(reader.status()).isEqualTo(200);
    assertThat(reader.keepAlive()).isTrue();
    assertThat(both.hasRemaining()).isFalse();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
