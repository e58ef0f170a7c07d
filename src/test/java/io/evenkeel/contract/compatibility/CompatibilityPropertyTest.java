package io.evenkeel.contract.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.RowReader;
import io.evenkeel.contract.UnusableModelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Holds what is said of changes against what readers of rows do. */
class CompatibilityPropertyTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAIRS = 5000;
  private static final int INSTANCES = 40;

  private int kept;
  private int rowsOfKept;
  private int broken;
  private int provenBroken;

  @Test
  void whatTheOldContractTookTheNewOneTakesUnlessAChangeOfRequestsIsCalledBreaking() {
    RandomContracts contracts = new RandomContracts(4);
    int found = 0;
    while (found < PAIRS) {
      Map<String, Object> old = contracts.contract();
      Map<String, Object> now = contracts.changed(old);
      Optional<Contract> before = read(old);
      Optional<Contract> after = read(now);
      if (before.isPresent() && after.isPresent() && !old.equals(now)) {
        found++;
        List<String> instances = contracts.instances(old, INSTANCES);
        compare(before.get(), after.get(), instances, () -> old + "\n" + now);
      }
    }
    assertThat(kept).as("pairs without a breaking change").isGreaterThan(PAIRS / 4);
    assertThat(rowsOfKept).as("rows the old contract took").isGreaterThan(INSTANCES * PAIRS / 20);
    assertThat(broken).as("pairs with one").isGreaterThan(PAIRS / 4);
    assertThat(provenBroken).as("of which a row was refused").isGreaterThan(broken / 2);
  }

  /** What a failure shows. */
  private interface Description {
    String text();
  }

  private void compare(
      Contract before, Contract after, List<String> instances, Description contracts) {
    List<Change> breaking =
        Compatibility.between(before, after).breaking().stream()
            .filter(change -> change.kind().side() == ChangeKind.Side.REQUEST)
            .toList();
    RowReader old = new RowReader(before, JSON.tokenStreamFactory());
    RowReader now = new RowReader(after, JSON.tokenStreamFactory());
    boolean refused = false;
    int accepted = 0;
    for (String instance : instances) {
      if (read(old, instance).isValid()) {
        accepted++;
        Row row = read(now, instance);
        refused |= !row.isValid();
        if (breaking.isEmpty()) {
          assertThat(row.violations()).as("%s\n%s", contracts.text(), instance).isEmpty();
        }
      }
    }
    if (breaking.isEmpty()) {
      kept++;
      rowsOfKept += accepted;
    } else if (accepted > 0) {
      broken++;
      provenBroken += refused ? 1 : 0;
    }
  }

  private static Row read(RowReader reader, String instance) {
    try (JsonParser json = JSON.createParser(instance)) {
      json.nextToken();
      return reader.read(json);
    }
  }

  /** Absent where the contract contradicts itself. */
  private static Optional<Contract> read(Map<String, Object> contract) {
    try {
      byte[] document = JSON.writeValueAsString(contract).getBytes(StandardCharsets.UTF_8);
      return Optional.of(ContractFile.read(document).contract());
    } catch (UnusableModelException e) {
      return Optional.empty();
    }
  }
}
