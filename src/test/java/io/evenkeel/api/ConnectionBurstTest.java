package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Many connections at once, at a server that accepts one: the others wait in the kernel. Where its
 * queue is full it drops them unseen, and a client tries again after a second.
 */
@ServingTest
@TestPropertySource(properties = "server.tomcat.max-connections=1")
class ConnectionBurstTest {
  /** More than the 100 that Tomcat asks for by itself; old kernels keep 128. */
  private static final int MANY = 120;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Caller caller;

  ConnectionBurstTest(Caller caller) {
    this.caller = caller;
  }

  @Test
  void aBurstOfConnectionsIsKeptUntilTheyAreAccepted() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      while (open.size() < MANY && isConnected(open)) {}
      assertThat(open).as("connected").hasSize(MANY);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private boolean isConnected(List<Socket> open) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), caller.port()),
          Math.toIntExact(PATIENCE.toMillis()));
    } catch (SocketTimeoutException e) {
      socket.close();
      return false;
    }
    open.add(socket);
    return true;
  }
}
