package io.evenkeel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.evenkeel.BoundSettings;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.registry.artifact.ArtifactPolicy;
import io.evenkeel.registry.artifact.SignatureCheck.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ArtifactPropertiesTest {
  @Test
  void hasDefaults() {
    assertThat(BoundSettings.defaults(ArtifactProperties.class))
        .isEqualTo(new ArtifactProperties(DataSize.ofGigabytes(4), false, List.of()));
    assertThat(BoundSettings.defaults(ArtifactProperties.class).policy())
        .isEqualTo(ArtifactPolicy.byDefault());
    assertThat(BoundSettings.defaults(SignatureProperties.class))
        .isEqualTo(new SignatureProperties(Mode.OFF, Path.of("trusted-keys")));
  }

  @Test
  void takesEachKey() {
    assertThat(
            BoundSettings.allSet(
                ArtifactProperties.class,
                Map.of("max-bytes", "1MB", "allow-links", "true", "custom-ops", "a.so,b.so")))
        .isEqualTo(new ArtifactProperties(DataSize.ofMegabytes(1), true, List.of("a.so", "b.so")));
    assertThat(
            BoundSettings.allSet(
                SignatureProperties.class, Map.of("mode", "require", "trusted", "keys")))
        .isEqualTo(new SignatureProperties(Mode.REQUIRE, Path.of("keys")));
  }

  @Test
  void refusesASizeThatIsNone() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new ArtifactProperties(DataSize.ofBytes(0), false, List.of()))
        .withMessageContaining("evenkeel.models.max-bytes");
  }

  @Test
  void startsNotWhereSignaturesAreRequiredAndNoKeyIsThere() {
    SignatureProperties required = new SignatureProperties(Mode.REQUIRE, Path.of("no-such-folder"));

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(required::check)
        .withMessageContaining("evenkeel.models.signatures.trusted");
  }
}
