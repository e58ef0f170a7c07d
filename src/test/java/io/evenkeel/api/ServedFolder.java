package io.evenkeel.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.FileSystemUtils;

/** A folder of a test's server: filled before the server starts, deleted after it has ended. */
abstract class ServedFolder
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  /** Fills the folder, which is empty; returns the server's settings as {@code name=value}. */
  abstract List<String> fill(Path root) throws IOException;

  @Override
  public final void initialize(ConfigurableApplicationContext context) {
    try {
      Path root = Files.createTempDirectory("served-folder");
      context.addApplicationListener(event -> {
        if (event instanceof ContextClosedEvent) {
          FileSystemUtils.deleteRecursively(root.toFile());
        }
      });
      TestPropertyValues.of(fill(root)).applyTo(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
