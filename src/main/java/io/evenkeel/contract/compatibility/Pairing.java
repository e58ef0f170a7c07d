package io.evenkeel.contract.compatibility;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Feature;
import io.evenkeel.contract.UnknownFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which feature of a new contract reads what clients of the old one send as which. Features are
 * paired by their names, else by aliases. A feature that came where an equal one of another name
 * went is taken for that one where that only changes the words: clients break either way.
 */
final class Pairing {
  /** A feature of the old contract and the one that reads its value now. */
  record Pair(Feature old, Feature now) {}

  private final Contract contract;

  /** By the old feature's name, in the old contract's order. */
  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  /** Features whose values a feature reads now that another one is paired with. */
  private final List<Pair> merged = new ArrayList<>();

  private final List<Feature> removed = new ArrayList<>();
  private final List<Feature> added = new ArrayList<>();

  private Pairing(Contract contract) {
    this.contract = contract;
  }

  static Pairing of(Contract old, Contract now) {
    Pairing pairing = new Pairing(now);
    Map<String, Feature> byOwnName = new HashMap<>();
    Map<String, Feature> byName = new HashMap<>();
    for (Feature feature : now.features()) {
      byOwnName.put(feature.name(), feature);
      names(feature).forEach(name -> byName.put(name, feature));
    }
    Set<Feature> taken = new HashSet<>();
    Map<Feature, Feature> found = new HashMap<>();
    for (Feature feature : old.features()) {
      Feature same = byOwnName.get(feature.name());
      if (same != null) {
        found.put(feature, same);
        taken.add(same);
      }
    }
    for (Feature feature : old.features()) {
      Feature reader = found.getOrDefault(feature, firstReader(feature, byName));
      boolean alone = found.containsKey(feature) || (reader != null && taken.add(reader));
      pairing.note(feature, reader, alone);
    }
    now.features().stream()
        .filter(feature -> pairing.pairs().stream().noneMatch(pair -> pair.now().equals(feature)))
        .forEach(pairing.added::add);
    pairing.pairRenamed(old);
    return pairing;
  }

  private static @Nullable Feature firstReader(Feature feature, Map<String, Feature> byName) {
    for (String name : names(feature)) {
      Feature reader = byName.get(name);
      if (reader != null) {
        return reader;
      }
    }
    return null;
  }

  private void note(Feature feature, @Nullable Feature reader, boolean alone) {
    if (reader == null) {
      removed.add(feature);
    } else if (alone) {
      pairs.put(feature.name(), new Pair(feature, reader));
    } else {
      merged.add(new Pair(feature, reader));
    }
  }

  private void pairRenamed(Contract old) {
    if (contract.unknownFields() != UnknownFields.REJECT) {
      return;
    }
    for (Feature gone : List.copyOf(removed)) {
      List<Feature> alike = added.stream().filter(came -> isAlike(gone, came)).toList();
      if (alike.size() == 1) {
        removed.remove(gone);
        added.remove(alike.getFirst());
        pairs.put(gone.name(), new Pair(gone, alike.getFirst()));
      }
    }
    restoreOrder(old);
  }

  private void restoreOrder(Contract old) {
    Map<String, Pair> found = Map.copyOf(pairs);
    pairs.clear();
    for (Feature feature : old.features()) {
      Pair pair = found.get(feature.name());
      if (pair != null) {
        pairs.put(feature.name(), pair);
      }
    }
  }

  private static boolean isAlike(Feature gone, Feature came) {
    Feature renamed =
        new Feature(
            came.name(),
            gone.type(),
            gone.presence(),
            gone.bounds(),
            gone.outOfRange(),
            gone.text(),
            gone.tensor(),
            came.evolution(),
            gone.documentation(),
            gone.sensitive());
    return renamed.readsValuesAs(came);
  }

  private static Set<String> names(Feature feature) {
    Set<String> names = new LinkedHashSet<>();
    names.add(feature.name());
    names.addAll(feature.evolution().aliases());
    return names;
  }

  List<Pair> pairs() {
    return List.copyOf(pairs.values());
  }

  /** The name that an old feature's value is read under now; its own where nothing reads it. */
  String nameNow(Feature old) {
    Pair pair = pairs.get(old.name());
    return pair == null ? old.name() : pair.now().name();
  }

  /** The old feature whose value a new one reads; null where it is new. */
  @Nullable Feature before(Feature now) {
    for (Pair pair : pairs.values()) {
      if (pair.now().equals(now)) {
        return pair.old();
      }
    }
    return null;
  }

  /** Notes the features that came, went, or are called otherwise. */
  void compareNames(Changes changes) {
    removed.forEach(feature -> noteRemoved(feature, changes));
    for (Pair pair : merged) {
      changes.add(
          ChangeKind.FEATURES_MERGED,
          pair.old().name(),
          "its name is one of `" + pair.now().name() + "` now; whoever sends both is refused");
    }
    added.forEach(feature -> noteAdded(feature, changes));
    pairs.values().forEach(pair -> comparePair(pair, changes));
  }

  private void noteRemoved(Feature feature, Changes changes) {
    if (contract.unknownFields() == UnknownFields.REJECT) {
      changes.add(ChangeKind.FEATURE_REMOVED, feature.name(), "removed");
    } else {
      changes.add(
          ChangeKind.FEATURE_PASSED_OVER,
          feature.name(),
          "removed; unknown fields are passed over, so it has no effect any more");
    }
  }

  private static void noteAdded(Feature feature, Changes changes) {
    Object absent = feature.evolution().absent();
    if (feature.presence().required()) {
      changes.add(
          ChangeKind.REQUIRED_FEATURE_ADDED,
          feature.name(),
          "added, and required; give it a `default`, or say `required: false`");
    } else {
      changes.add(
          ChangeKind.OPTIONAL_FEATURE_ADDED,
          feature.name(),
          absent == null
              ? "added, and may be left out"
              : "added; " + absent + " where it is left out");
    }
  }

  private static void comparePair(Pair pair, Changes changes) {
    String old = pair.old().name();
    String now = pair.now().name();
    Set<String> taken = names(pair.now());
    if (!taken.contains(old)) {
      changes.add(
          ChangeKind.FEATURE_RENAMED,
          old,
          "seems to be called `" + now + "` now; add `aliases: [" + old + "]` there");
    } else if (!now.equals(old)) {
      changes.add(
          ChangeKind.FEATURE_RENAMED_WITH_ALIAS,
          old,
          "is called `" + now + "` now, and is still taken under its old name");
    }
    for (String alias : pair.old().evolution().aliases()) {
      if (!taken.contains(alias)) {
        changes.add(ChangeKind.ALIAS_REMOVED, old, "isn't taken as `" + alias + "` any more");
      }
    }
    Set<String> before = names(pair.old());
    for (String alias : pair.now().evolution().aliases()) {
      if (!before.contains(alias)) {
        changes.add(ChangeKind.ALIAS_ADDED, old, "is also taken as `" + alias + "`");
      }
    }
  }
}
