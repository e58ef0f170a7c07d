package io.evenkeel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the contracts of the bundled models. */
class BundledContractsTest {
  @ParameterizedTest
  @CsvSource({
    "breast-cancer/1, 30, 0",
    "breast-cancer/2, 30, 0",
    "diabetes/1, 10, 0",
    "digits/1, 1, 0",
    "loan-default/1, 22, 4"
  })
  void readsFeaturesAndRules(String version, int features, int rules) {
    Contract contract = Contracts.ofModel(version).contract();
    assertThat(contract.features()).hasSize(features);
    assertThat(contract.rules()).hasSize(rules);
    assertThat(contract.schemaVersion()).isEqualTo("1.0.0");
    assertThat(contract.description()).isNotEmpty();
    assertThat(contract.fingerprint()).matches("[0-9a-f]{12}");
    assertThat(contract.features())
        .allSatisfy(feature -> assertThat(feature.documentation().example()).isNotNull());
  }

  @Test
  void fingerprintsWhatTheFileHolds() {
    assertThat(Contracts.ofModel("breast-cancer/1").contract().fingerprint())
        .isNotEqualTo(Contracts.ofModel("breast-cancer/2").contract().fingerprint());
  }

  @Test
  void readsEverythingAboutAFeature() {
    Contract contract = Contracts.ofModel("loan-default/1").contract();
    Feature income = contract.features().get(contract.indexOf("income"));
    assertThat(income.type()).isEqualTo(FeatureType.NUMBER);
    assertThat(income.presence()).isEqualTo(new Feature.Presence(true, true));
    assertThat(income.bounds().at(Bounds.End.MAXIMUM)).isEqualTo(500_000);
    assertThat(income.outOfRange()).isEqualTo(OutOfRange.CLAMP);
    assertThat(income.documentation().unit()).isEqualTo("EUR per year");
    assertThat(contract.features().get(contract.indexOf("date_of_birth")).sensitive()).isTrue();
    assertThat(contract.indexOf("no_such_feature")).isEqualTo(-1);
  }

  @Test
  void givesEachElementOfATensorASlot() {
    Contract contract =
        Contracts.of(
                """
                features:
                  - {name: age, type: number}
                  - {name: image, type: tensor, shape: [3, 4]}
                  - {name: height, type: number}
                """)
            .contract();
    assertThat(List.of(contract.slot(0), contract.slot(1), contract.slot(2)))
        .containsExactly(0, 1, 13);
    assertThat(contract.width()).isEqualTo(14);
  }

  @Test
  void readsWhatTheOutputsMean() {
    assertThat(Contracts.ofModel("diabetes/1").contract().outputs())
        .isEqualTo(new Outputs.Regression("value", Outputs.NonFinite.REJECT));
    assertThat(Contracts.ofModel("loan-default/1").contract().outputs())
        .isEqualTo(
            new Outputs.Classification(
                "probabilities",
                Outputs.Activation.NONE,
                List.of("repaid", "defaulted"),
                null,
                Outputs.NonFinite.REJECT));
  }
}
