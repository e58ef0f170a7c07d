package io.evenkeel.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a model accepts and how its outputs read. Immutable, and safe for use by many
 * threads.
 *
 * <p>A row keeps its numbers in slots: each feature has one, a tensor one for each element.
 */
public final class Contract {
  private final String schemaVersion;
  private final String description;
  private final List<Feature> features;
  private final List<Rule> rules;
  private final Outputs outputs;
  private final List<Degradation> degradation;
  private final Degradation.@Nullable Cache cache;
  private final String fingerprint;
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[] slots;
  private final int width;

  /**
   * What {@code contract.yaml} says of itself: its version, its words, and the digest that
   * identifies it.
   */
  record Identity(String schemaVersion, String description, String fingerprint) {}

  /** What the version answers with, and what may be answered in its place, in order. */
  record Answers(Outputs outputs, List<Degradation> degradation) {}

  Contract(Identity identity, List<Feature> features, List<Rule> rules, Answers answers) {
    this.schemaVersion = identity.schemaVersion();
    this.description = identity.description();
    this.fingerprint = identity.fingerprint();
    this.features = List.copyOf(features);
    this.rules = List.copyOf(rules);
    this.outputs = answers.outputs();
    this.degradation = List.copyOf(answers.degradation());
    this.cache = findCache();
    this.slots = new int[features.size()];
    int next = 0;
    for (int i = 0; i < slots.length; i++) {
      positions.put(features.get(i).name(), i);
      slots[i] = next;
      next += features.get(i).width();
    }
    this.width = next;
  }

  private Degradation.@Nullable Cache findCache() {
    for (Degradation way : degradation) {
      if (way instanceof Degradation.Cache found) {
        return found;
      }
    }
    return null;
  }

  public String schemaVersion() {
    return schemaVersion;
  }

  public String description() {
    return description;
  }

  /** In the contract's order; a feature's position here is what other calls mean by its index. */
  public List<Feature> features() {
    return features;
  }

  public List<Rule> rules() {
    return rules;
  }

  public Outputs outputs() {
    return outputs;
  }

  /** The ways to answer when the model can't, in the order in which they are tried. */
  public List<Degradation> degradation() {
    return degradation;
  }

  /** What is kept of the version's answers; null where nothing is. */
  public Degradation.@Nullable Cache cache() {
    return cache;
  }

  /**
   * Whether both contracts read the same instance into the same row and hold it against the same
   * rules, so that a row of the one is one of the other. What only people read may differ.
   */
  public boolean readsRowsAs(Contract other) {
    return rules.equals(other.rules)
        && features.size() == other.features.size()
        && IntStream.range(0, features.size())
            .allMatch(i -> features.get(i).readsValuesAs(other.features.get(i)));
  }

  /**
   * The first 12 hex digits of the SHA-256 of {@code contract.yaml}: which contract an answer was
   * made by.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The position of a feature, or -1. */
  public int indexOf(String name) {
    return positions.getOrDefault(name, -1);
  }

  /** Where a row keeps a feature's number, or a tensor's first element. */
  public int slot(int feature) {
    return slots[feature];
  }

  /** How many numbers a row keeps. */
  int width() {
    return width;
  }

  List<String> names() {
    return features.stream().map(Feature::name).toList();
  }
}
