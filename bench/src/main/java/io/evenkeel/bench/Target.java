package io.evenkeel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one request that is sent over and over, and where to.
 *
 * @param deadline sent as X-Deadline-Ms; an answer that takes longer is not a good one
 */
record Target(URI url, String body, @Nullable Duration deadline, Map<String, String> headers) {
  static final List<String> NAMES = List.of("url", "body", "deadline-ms", "header");

  static final String USAGE =
      """
        --connections N           keep-alive connections, one request each at a time (256)
        --deadline-ms N           sent as X-Deadline-Ms; answers later than this are not good ones
        --header NAME:VALUE       one more request header, for example X-Priority:critical
        --json FILE               also write the figures there
      The host must be a loopback address.\
      """;

  Target {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("the address is http://127.0.0.1:PORT/PATH, not " + url);
    }
    headers = Map.copyOf(headers);
  }

  static Target of(CommandLine line) throws IOException {
    Target target =
        new Target(
            URI.create(line.require("url")),
            Files.readString(Path.of(line.require("body"))),
            line.findMillis("deadline-ms"),
            line.has("header") ? header(line.require("header")) : Map.of());
    target.address();
    return target;
  }

  static int connections(CommandLine line) {
    int connections = line.number("connections", 256);
    if (connections < 1 || connections > 10_000) {
      throw new IllegalArgumentException("1 to 10000 connections, not " + connections);
    }
    return connections;
  }

  private static Map<String, String> header(String header) {
    int colon = header.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a header is NAME:VALUE, not " + header);
    }
    return Map.of(header.substring(0, colon), header.substring(colon + 1).strip());
  }

  /** Long.MAX_VALUE where there is no deadline. */
  long deadlineNanos() {
    return deadline == null ? Long.MAX_VALUE : deadline.toNanos();
  }

  /**
   * The server's address. Only loopback: these programs are for the server next to them, never for
   * one elsewhere.
   */
  InetSocketAddress address() throws IOException {
    InetAddress host = InetAddress.getByName(url.getHost());
    if (!host.isLoopbackAddress()) {
      throw new IllegalArgumentException("only a loopback address, not " + host);
    }
    return new InetSocketAddress(host, url.getPort() < 0 ? 80 : url.getPort());
  }

  /** The request's bytes, in a direct buffer that is never written to again. */
  ByteBuffer request() {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(url.getRawPath()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(content.length).append("\r\n");
    if (deadline != null) {
      head.append("X-Deadline-Ms: ").append(deadline.toMillis()).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(start.length + content.length).put(start).put(content).flip();
  }
}
