package io.evenkeel.api;

import io.evenkeel.registry.ScratchModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.FileSystemUtils;

/** A models' folder whose rules a test switches, looked at again and again without a pause. */
final class SwitchedModels
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final String NAN_IMPUTED =
      """
      schemaVersion: 1.0.0
      features:
        - {name: x, type: number, nullable: true}
      inputs:
        - {tensor: X, columns: [{feature: x, transforms: [{impute: nan}]}]}
      outputs: {task: regression, value: value}
      """;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      Path root = Files.createTempDirectory("switched-models");
      context.addApplicationListener(event -> {
        if (event instanceof ContextClosedEvent) {
          FileSystemUtils.deleteRecursively(root.toFile());
        }
      });
      ScratchModels models = new ScratchModels(root);
      models.copy("loan-default/1", "loan-default/1");
      models.copy("loan-default/1", "loan-default/2");
      models.make(
          "nan-imputed/1",
          "poison",
          NAN_IMPUTED,
          "{\"instance\": {\"x\": 4}, \"prediction\": {\"value\": 8}}\n");
      models.writeRoutes("default: loan-default\nmodels:\n  loan-default: {stable: '1'}\n");
      TestPropertyValues.of("evenkeel.models.path=" + root, "evenkeel.rules.poll=5ms")
          .applyTo(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
