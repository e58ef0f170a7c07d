package io.evenkeel.audit;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.FeatureType;
import io.evenkeel.contract.Row;
import io.evenkeel.keyring.DataKey;
import io.evenkeel.keyring.SealBrokenException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values that a contract lets the log keep of one request, and what was answered, encrypted
 * with a key of their own. Bound to the answer's id. Immutable.
 */
final class SealedValues {
  private static final String PLACE = "evenkeel audit values ";

  private final DataKey key;
  private final byte[] sealed;

  private SealedValues(DataKey key, byte[] sealed) {
    this.key = key;
    this.sealed = sealed;
  }

  /** The key's bytes, to be kept apart. */
  byte[] key() {
    return key.bytes();
  }

  /** What was sealed, in base64. */
  String base64() {
    return Base64.getEncoder().encodeToString(sealed);
  }

  /**
   * Seals; null where the contract keeps nothing.
   *
   * @param answers one for each row, a label or a number; null where it has none
   */
  static @Nullable SealedValues of(
      Contract contract, String id, List<Row> rows, List<@Nullable Object> answers) {
    if (contract.auditedFeatures().isEmpty() || rows.isEmpty()) {
      return null;
    }
    List<Map<String, @Nullable Object>> instances = new ArrayList<>(rows.size());
    for (Row row : rows) {
      instances.add(values(contract, row));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("instances", instances);
    document.put("answers", answers);
    byte[] plain =
        JsonMapper.shared().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    DataKey key = DataKey.create();
    return new SealedValues(key, key.seal(plain, place(id)));
  }

  /** Opens what was sealed for an answer's id. */
  static String open(byte[] key, byte[] sealed, String id) throws SealBrokenException {
    return new String(DataKey.of(key).open(sealed, place(id)), StandardCharsets.UTF_8);
  }

  private static byte[] place(String id) {
    return (PLACE + id).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> values(Contract contract, Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int position : contract.auditedFeatures()) {
      Feature feature = contract.features().get(position);
      values.put(
          feature.name(),
          row.isMissing(position) ? null : value(feature, row, position, contract.slot(position)));
    }
    return values;
  }

  private static @Nullable Object value(Feature feature, Row row, int position, int slot) {
    if (feature.tensor() != null) {
      List<Double> elements = new ArrayList<>();
      for (int i = 0; i < feature.tensor().size(); i++) {
        elements.add(row.number(slot + i));
      }
      return elements;
    }
    FeatureType type = feature.type();
    if (type.isText()) {
      return row.text(position);
    }
    double number = row.number(slot);
    return switch (type) {
      case BOOLEAN -> number != 0;
      case DATE, DATETIME -> type.written(number);
      default -> number;
    };
  }
}
