package io.evenkeel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged server as a process of its own, on ports the system chooses. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final String MODELS = "--evenkeel.models.path=";
  private static final String LOADED = "model versions are ready";
  private static final Duration START = Duration.ofMinutes(2);
  private static final int PROCESS_DIED = -1;

  private final Path folder;
  private final Process process;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<Integer> ports = new ArrayBlockingQueue<>(8);
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final Thread reader;
  private final int port;
  private final int operationsPort;

  /**
   * What the process is started with beside its settings.
   *
   * @param flags of the JVM
   * @param environment in addition to the test's own
   */
  record Machine(List<String> flags, Map<String, String> environment) {
    static final Machine PLAIN = new Machine(List.of(), Map.of());
  }

  /** Starts the jar that the build has made, and waits until it is ready. */
  static ServerProcess start(Path folder, String... settings) throws Exception {
    return start(folder, Machine.PLAIN, settings);
  }

  /** The same on another machine. */
  static ServerProcess start(Path folder, Machine machine, String... settings) throws Exception {
    return new ServerProcess(folder, machine, settings).awaitReadiness();
  }

  /** Starts the jar, and waits until its ports are open: models may still be loading. */
  static ServerProcess startWithoutWaiting(Path folder, String... settings) throws Exception {
    return new ServerProcess(folder, Machine.PLAIN, settings);
  }

  private ServerProcess(Path folder, Machine machine, String... settings) throws Exception {
    this.folder = folder;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(machine.flags);
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of("--server.port=0", "--management.server.port=0"));
    if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith(MODELS))) {
      command.add(MODELS + Path.of("models").toAbsolutePath());
    }
    command.addAll(List.of(settings));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(machine.environment);
    this.process = builder.start();
    this.reader = Thread.ofVirtual().start(this::readLog);
    this.port = nextPort();
    this.operationsPort = nextPort();
  }

  static Path jar() {
    String jar = System.getProperty("evenkeel.jar", "target/evenkeel-0.1.0-SNAPSHOT.jar");
    return Path.of(jar).toAbsolutePath();
  }

  private void readLog() {
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher started = PORT.matcher(line);
        if (started.find()) {
          ports.add(Integer.valueOf(started.group(1)));
        }
        if (line.contains(LOADED)) {
          loaded.countDown();
        }
      }
      ports.add(PROCESS_DIED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int nextPort() throws InterruptedException {
    Integer found = ports.poll(START.toSeconds(), TimeUnit.SECONDS);
    if (found == null || found == PROCESS_DIED) {
      process.destroyForcibly();
      throw new IllegalStateException("the server didn't start:\n" + String.join("\n", log));
    }
    return found;
  }

  private ServerProcess awaitReadiness() throws Exception {
    boolean isLoaded = loaded.await(START.toSeconds(), TimeUnit.SECONDS);
    HttpResponse<String> readiness = getOperations("/actuator/health/readiness");
    long end = System.nanoTime() + START.toNanos();
    while (isLoaded && readiness.statusCode() != 200 && System.nanoTime() - end < 0) {
      // The control state may be opened later than the models are loaded.
      readiness = getOperations("/actuator/health/readiness");
    }
    if (!isLoaded || readiness.statusCode() != 200) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "the server isn't ready: " + readiness.body() + "\n" + String.join("\n", log));
    }
    return this;
  }

  HttpResponse<String> getOperations(String path) throws Exception {
    return getOperations(path, "*/*");
  }

  /** The same in a form that is asked for. */
  HttpResponse<String> getOperations(String path, String accept) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + operationsPort + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri)
              .timeout(Duration.ofSeconds(10))
              .header("Accept", accept)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  int port() {
    return port;
  }

  int operationsPort() {
    return operationsPort;
  }

  /** Sends a signal, named without the prefix SIG. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Whether the process was started with the signal ignored, as a shell does in the background. */
  boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
    }
  }

  /** The exit code. */
  int awaitExit(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "the server still runs after " + longest + ":\n" + String.join("\n", log));
    }
    reader.join();
    return process.exitValue();
  }

  /** What the process has written, line by line. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** The files the JVM leaves when it crashes. */
  List<Path> crashReports() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
