package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.BoundSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodiesTest {
  private final JsonBodies bodies = new JsonBodies(BoundSettings.defaults(ApiProperties.class));
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** In the generator's buffer, about as long as it, and longer. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2600, 2700, 100_000})
  void saysHowLongABodyIsBeforeItGoesOut(int numbers) throws IOException {
    AtomicInteger announced = new AtomicInteger();

    bodies.write(
        json -> {
          json.writeStartArray();
          for (int i = 0; i < numbers; i++) {
            json.writeNumber(77);
          }
          json.writeEndArray();
        },
        length -> {
          announced.set(length);
          assertThat(sent.size()).isZero();
          return sent;
        });

    String expected = "[" + String.join(",", Collections.nCopies(numbers, "77")) + "]";
    assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(announced).hasValue(expected.length());
  }

  @Test
  void sendsNothingOfABodyThatCannotBeWritten() {
    assertThatThrownBy(() ->
            bodies.write(
                json -> {
                  json.writeStartObject();
                  throw new IllegalStateException("no more");
                },
                length -> sent))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sent.size()).isZero();
  }

  /** Else a caller who hangs up would look like a defect. */
  @Test
  void failsAsTheOutletDoes() {
    IOException gone = new IOException("the caller is gone");

    assertThatThrownBy(() ->
            bodies.write(
                json -> json.writeString("x"),
                length ->
                    new OutputStream() {
                      @Override
                      public void write(int single) throws IOException {
                        throw gone;
                      }
                    }))
        .isSameAs(gone);
  }
}
