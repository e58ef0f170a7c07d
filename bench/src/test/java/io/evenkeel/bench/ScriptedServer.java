package io.evenkeel.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A server whose answers a test decides, and that counts them by status. */
final class ScriptedServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Integer, LongAdder> sent = new ConcurrentHashMap<>();
  private final HttpServer server;

  /** What becomes of a request. */
  interface Script {
    /** Answers, or breaks the connection off by throwing. */
    int status(HttpExchange exchange) throws IOException;
  }

  ScriptedServer(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  private void answer(HttpExchange exchange, Script script) throws IOException {
    exchange.getRequestBody().readAllBytes();
    int status = script.status(exchange);
    byte[] body = "an answer".getBytes(StandardCharsets.US_ASCII);
    sent.computeIfAbsent(status, s -> new LongAdder()).increment();
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  long sent(int status) {
    LongAdder count = sent.get(status);
    return count == null ? 0 : count.sum();
  }

  Target target(Duration deadline) {
    return new Target(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/predict"),
        "{}",
        deadline,
        Map.of());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
