package io.evenkeel;

import io.evenkeel.registry.ModelRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server with the bundled models, started in this process as its users get it, on free ports of
 * the loopback. Only the budget is wider, so that a busy machine doesn't refuse what is measured.
 */
public final class RunningServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final ServletWebServerApplicationContext context;

  public RunningServer() {
    context =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                EvenkeelApplication.class,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.server.port=0",
                "--evenkeel.admission.single-budget=1m",
                "--evenkeel.state.url=jdbc:h2:mem:jmh",
                "--logging.level.root=warn");
    awaitModels(part(ModelRegistry.class));
  }

  private static void awaitModels(ModelRegistry registry) {
    try {
      if (!registry.awaitLoaded(LONGEST_START)) {
        throw new IllegalStateException("the models aren't loaded after " + LONGEST_START);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the server's parts. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  int port() {
    return Objects.requireNonNull(context.getWebServer(), "it is started").getPort();
  }

  /** What every benchmark sends: the first golden instance of the default model. */
  public static byte[] body() {
    try (Stream<String> lines = Files.lines(Path.of("models/breast-cancer/1/golden.jsonl"))) {
      String line = lines.findFirst().orElseThrow();
      String instance = JsonMapper.shared().readTree(line).path("instance").toString();
      return ("{\"instance\":" + instance + "}").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
