package io.evenkeel;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The server and its one caller. */
@State(Scope.Benchmark)
public class ServedOverHttp {
  private final RunningServer server = new RunningServer();
  private final KeptConnection connection = new KeptConnection(server.port(), RunningServer.body());

  final int call() throws IOException {
    return connection.call();
  }

  @TearDown
  public final void close() throws IOException {
    connection.close();
    server.close();
  }
}
