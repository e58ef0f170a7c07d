package io.evenkeel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
record OpenLoopOptions(
    URI url,
    String body,
    @Nullable Step warmup,
    List<Step> steps,
    Arrivals arrivals,
    int connections,
    @Nullable Duration deadline,
    Map<String, String> headers,
    long seed,
    @Nullable Path json) {

  static final String USAGE =
      """
      OpenLoop --url URL --body FILE (--rate N --seconds N | --steps RATExSECONDS,...)
        --warmup RATExSECONDS     a run before, not reported: both sides' JITs need it
        --arrivals poisson|fixed  how requests arrive (poisson)
        --connections N           keep-alive connections, one request each at a time (256)
        --deadline-ms N           sent as X-Deadline-Ms; answers later than this are not good ones
        --header NAME:VALUE       one more request header, for example X-Priority:critical
        --seed N                  of the Poisson process (1)
        --json FILE               also write the figures there
      The host must be a loopback address.\
      """;

  private static final Set<String> NAMES =
      Set.of(
          "url",
          "body",
          "rate",
          "seconds",
          "steps",
          "warmup",
          "arrivals",
          "connections",
          "deadline-ms",
          "header",
          "seed",
          "json");

  OpenLoopOptions {
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException("the address is http://127.0.0.1:PORT/PATH, not " + url);
    }
    if (connections < 1 || connections > 10_000) {
      throw new IllegalArgumentException("1 to 10000 connections, not " + connections);
    }
  }

  /** Throws IllegalArgumentException, with a text for the user, for anything that can't be run. */
  static OpenLoopOptions parse(String... arguments) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : arguments[i];
      if (!NAMES.contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "unknown option, or one without a value: " + arguments[i]);
      }
      given.put(name, arguments[i + 1]);
    }
    String deadline = given.get("deadline-ms");
    String json = given.get("json");
    String warmup = given.get("warmup");
    return new OpenLoopOptions(
        URI.create(required(given, "url")),
        Files.readString(Path.of(required(given, "body"))),
        warmup == null ? null : Step.parse(warmup).getFirst(),
        given.containsKey("steps")
            ? Step.parse(required(given, "steps"))
            : Step.parse(required(given, "rate") + "x" + required(given, "seconds")),
        Arrivals.valueOf(given.getOrDefault("arrivals", "poisson").toUpperCase(Locale.ROOT)),
        Integer.parseInt(given.getOrDefault("connections", "256")),
        deadline == null ? null : Duration.ofMillis(Long.parseLong(deadline)),
        header(given.get("header")),
        Long.parseLong(given.getOrDefault("seed", "1")),
        json == null ? null : Path.of(json));
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  private static Map<String, String> header(@Nullable String header) {
    if (header == null) {
      return Map.of();
    }
    int colon = header.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a header is NAME:VALUE, not " + header);
    }
    return Map.of(header.substring(0, colon), header.substring(colon + 1).strip());
  }

  /**
   * The server's address. Only loopback: this program is for the server next to it, never for one
   * elsewhere.
   */
  InetSocketAddress address() throws IOException {
    InetAddress host = InetAddress.getByName(url.getHost());
    if (!host.isLoopbackAddress()) {
      throw new IllegalArgumentException("only a loopback address, not " + host);
    }
    return new InetSocketAddress(host, url.getPort() < 0 ? 80 : url.getPort());
  }

  /** The bytes of the one request that is sent over and over. */
  byte[] request() {
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
    byte[] request = new byte[start.length + content.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(content, 0, request, start.length, content.length);
    return request;
  }
}
