package io.evenkeel.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import io.evenkeel.admission.Lane;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/** A caller who hangs up while a slow model works for it. */
@ServingTest
@ContextConfiguration(initializers = OddModels.class)
class HangUpTest {
  /** On a busy machine a run may be over before anybody has looked. */
  private static final int MOST_ATTEMPTS = 50;

  private static final String BODY = "{\"instance\": {\"x\": [" + "1,".repeat(15) + "1]}}";

  private final int port;
  private final MeterRegistry meters;
  private final ModelVersion version;

  HangUpTest(Caller caller, MeterRegistry meters, ModelRegistry models) {
    this.port = caller.port();
    this.meters = meters;
    this.version = requireNonNull(models.find("slow", "1"));
  }

  @Test
  void endsTheRunOfACallerWhoHangsUp() throws IOException {
    Lane<?> lane = requireNonNull(version.servable()).lane();
    for (int attempt = 0; attempt < MOST_ATTEMPTS && abandoned() == 0; attempt++) {
      long runs = lane.counters().runs();
      try (Socket socket = post()) {
        Await.until(() -> lane.inFlight() > 0 || lane.counters().runs() > runs);
        assertThat(socket.isConnected()).isTrue();
      }
      Await.until(() -> lane.inFlight() == 0);
    }
    Await.until(() -> abandoned() > 0);
    assertThat(lane.counters().terminations()).isPositive();
  }

  private Socket post() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String request =
        "POST /v1/models/slow/predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private long abandoned() {
    Timer timer =
        meters.find("evenkeel.request").tag("model", "slow").tag("outcome", "abandoned").timer();
    return timer == null ? 0 : timer.count();
  }
}
