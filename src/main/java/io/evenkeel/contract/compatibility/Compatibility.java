package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.ContractFile;
import io.evenkeel.contract.Degradation;
import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.UnknownFields;
import io.evenkeel.contract.YamlNode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What changes from one contract to another, and what that means to clients that were written for
 * the old one: whether every instance that kept the old contract keeps the new one, and whether
 * every answer can still be read. Immutable.
 *
 * <p>Members that aren't features are no part of the old contract: a new feature may take the name
 * of something that a tolerant contract passed over. Numbers beyond the range of a 32-bit float,
 * which only {@code clamp} takes, are left aside.
 *
 * @param oldVersion the old contract's {@code schemaVersion}
 * @param newVersion the new contract's
 * @param changes the gravest first
 */
public record Compatibility(String oldVersion, String newVersion, List<Change> changes) {
  public Compatibility {
    changes = changes.stream().sorted(Comparator.comparing(Change::impact)).toList();
  }

  /**
   * Compares two contracts. How a row becomes tensors isn't part of a contract and isn't seen here.
   */
  public static Compatibility between(Contract old, Contract now) {
    return of(old, now, find(old, now));
  }

  /** Compares two files, which say how a row becomes tensors too. */
  public static Compatibility between(ContractFile old, ContractFile now) {
    Changes changes = find(old.contract(), now.contract());
    InputsComparison.compare(old.document(), now.document(), changes);
    return of(old.contract(), now.contract(), changes);
  }

  private static Compatibility of(Contract old, Contract now, Changes changes) {
    return new Compatibility(old.schemaVersion(), now.schemaVersion(), changes.found());
  }

  private static Changes find(Contract old, Contract now) {
    Changes changes = new Changes();
    Pairing pairing = Pairing.of(old, now);
    pairing.compareNames(changes);
    for (Pairing.Pair pair : pairing.pairs()) {
      FeatureComparison.compare(pair, now, changes);
    }
    compareOrder(pairing, now, changes);
    RuleComparison.compare(old, now, pairing, changes);
    compareUnknownFields(old.unknownFields(), now.unknownFields(), changes);
    OutputComparison.compare(old.outputs(), now.outputs(), changes);
    DisclosureComparison.compare(old, now, changes);
    compareDegradation(old.degradation(), now.degradation(), changes);
    compareDeprecation(old.deprecation(), now.deprecation(), changes);
    changes.documentation("", "description", old.description(), now.description());
    if (!old.schemaVersion().equals(now.schemaVersion())) {
      changes.add(
          ChangeKind.SCHEMA_VERSION_CHANGED,
          "schemaVersion " + Changes.now(now.schemaVersion(), old.schemaVersion()));
    }
    return changes;
  }

  private static void compareOrder(Pairing pairing, Contract now, Changes changes) {
    List<Feature> kept = pairing.pairs().stream().map(Pairing.Pair::now).toList();
    if (!kept.equals(now.features().stream().filter(kept::contains).toList())) {
      changes.add(ChangeKind.FEATURES_REORDERED, "the features are in another order");
    }
  }

  private static void compareUnknownFields(UnknownFields old, UnknownFields now, Changes changes) {
    if (old == now) {
      return;
    }
    ChangeKind kind =
        now == UnknownFields.REJECT
            ? ChangeKind.UNKNOWN_FIELDS_REFUSED
            : ChangeKind.UNKNOWN_FIELDS_ACCEPTED;
    changes.add(kind, "unknownFields " + Changes.now(YamlNode.written(now), YamlNode.written(old)));
  }

  private static void compareDegradation(
      List<Degradation> old, List<Degradation> now, Changes changes) {
    if (!old.equals(now)) {
      changes.add(
          ChangeKind.DEGRADATION_CHANGED, "degradation " + Changes.now(ways(now), ways(old)));
    }
  }

  private static List<String> ways(List<Degradation> degradation) {
    return degradation.stream().map(way -> way.mode().word()).toList();
  }

  private static void compareDeprecation(
      @Nullable Deprecation old, @Nullable Deprecation now, Changes changes) {
    if (!Objects.equals(dates(old), dates(now))) {
      changes.add(ChangeKind.CONTRACT_DEPRECATION_CHANGED, Changes.now(dates(now), dates(old)));
    } else if (old != null && now != null) {
      changes.documentation("", "message of `deprecated`", old.message(), now.message());
    }
  }

  private static String dates(@Nullable Deprecation deprecation) {
    if (deprecation == null) {
      return "not deprecated";
    }
    return "deprecated since "
        + deprecation.since()
        + (deprecation.sunset() == null ? "" : " until " + deprecation.sunset());
  }

  /** The changes that break clients. */
  public List<Change> breaking() {
    return changes.stream().filter(Change::breaksClients).toList();
  }

  /** The step of {@code schemaVersion} that these changes need. */
  public Bump requiredBump() {
    return requiredBump(changes);
  }

  /** The step of {@code schemaVersion} that some changes need at least. */
  public static Bump requiredBump(List<Change> changes) {
    return changes.stream()
        // That the version itself changed needs no step of it.
        .filter(change -> change.kind() != ChangeKind.SCHEMA_VERSION_CHANGED)
        .map(change -> change.impact().bump())
        .max(Comparator.naturalOrder())
        .orElse(Bump.NONE);
  }

  /** The step that {@code schemaVersion} takes. */
  public Bump statedBump() {
    return Bump.between(oldVersion, newVersion);
  }

  /** Whether {@code schemaVersion} takes the step that is needed. */
  public boolean isStated() {
    return statedBump().covers(requiredBump());
  }

  /** Whether clients break without a major step that would tell them. */
  public boolean breaksUnannounced() {
    return requiredBump() == Bump.MAJOR && statedBump() != Bump.MAJOR;
  }
}
