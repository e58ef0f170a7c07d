package io.evenkeel.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.registry.ModelRegistry;
import io.evenkeel.registry.ScratchModels;
import io.evenkeel.registry.Servable;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Holds the short cut past Bean Validation against Bean Validation. */
class PredictionRequestTest {
  private static final Envelope ODD =
      new Envelope(List.of(new Violation("/x", "", "unknownMember", "only `instance`", null)));

  @Test
  void isSoundExactlyWhereBeanValidationFindsNothing(@TempDir Path root) {
    ScratchModels models = new ScratchModels(root);
    models.makeDoubling("m/1");
    try (ModelRegistry registry = models.loaded();
        ValidatorFactory factory =
            Validation.byDefaultProvider()
                .configure()
                .constraintValidatorFactory(new OfThisPackage())
                .buildValidatorFactory()) {
      Servable servable = requireNonNull(requireNonNull(registry.find("m", "1")).servable());
      RequestValidation validation = new RequestValidation(factory.getValidator());
      List<@Nullable Row> rows =
          Stream.of("{\"x\": 1}", "{}", "{\"x\": \"1\"}", "{\"x\": 1, \"y\": 2}")
              .<@Nullable Row>map(json -> row(servable, json))
              .toList();
      requests(rows)
          .forEach(request -> {
            boolean nothingFound = validation.violations(request).isEmpty();
            assertThat(request.isSound()).as(request.toString()).isEqualTo(nothingFound);
          });
      assertThat(requests(rows).filter(PredictionRequest::isSound)).hasSize(1);
    }
  }

  /** Makes validators that are private to the package, as Spring does in the server. */
  private static final class OfThisPackage implements ConstraintValidatorFactory {
    @Override
    public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
      try {
        return type.getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void releaseInstance(ConstraintValidator<?, ?> instance) {}
  }

  private static Stream<PredictionRequest> requests(List<@Nullable Row> rows) {
    return Stream.concat(rows.stream(), Stream.<@Nullable Row>of((Row) null))
        .flatMap(row ->
            Stream.of(new PredictionRequest(row, Envelope.SOUND), new PredictionRequest(row, ODD)));
  }

  private static Row row(Servable servable, String json) {
    try (JsonParser parser = JsonMapper.shared().createParser(json)) {
      parser.nextToken();
      return servable.reader().read(parser);
    }
  }
}
