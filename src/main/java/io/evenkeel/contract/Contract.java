package io.evenkeel.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a model accepts and how its outputs read. Immutable, and safe for use by many
 * threads.
 *
 * <p>A row keeps its numbers in slots: each feature has one, a tensor one for each element.
 */
public final class Contract {
  private final Identity identity;
  private final UnknownFields unknownFields;
  private final List<Feature> features;
  private final List<Rule> rules;
  private final List<Integer> auditedFeatures;
  private final Outputs outputs;
  private final List<Degradation> degradation;
  private final Degradation.@Nullable Cache cache;
  private final Disclosure disclosure;
  private final @Nullable Fairness fairness;
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[] slots;
  private final int width;

  /**
   * What {@code contract.yaml} says of itself: its version, its words, the digest that identifies
   * it, and whether clients should move on from it.
   */
  record Identity(
      String schemaVersion,
      String description,
      String fingerprint,
      @Nullable Deprecation deprecation) {}

  /**
   * What an instance may hold.
   *
   * @param auditedFeatures the positions of those whose values the audit log may keep
   */
  record Inputs(
      UnknownFields unknownFields,
      List<Feature> features,
      List<Rule> rules,
      List<Integer> auditedFeatures) {}

  /**
   * What the version answers with, what may be answered in its place, in order, and how much of
   * that and of the traffic is told.
   *
   * @param fairness by which groups predictions are compared; null where they aren't
   */
  record Answers(
      Outputs outputs,
      List<Degradation> degradation,
      Disclosure disclosure,
      @Nullable Fairness fairness) {}

  Contract(Identity identity, Inputs inputs, Answers answers) {
    this.identity = identity;
    this.unknownFields = inputs.unknownFields();
    this.features = List.copyOf(inputs.features());
    this.rules = List.copyOf(inputs.rules());
    this.auditedFeatures = List.copyOf(inputs.auditedFeatures());
    this.outputs = answers.outputs();
    this.degradation = List.copyOf(answers.degradation());
    this.cache = findCache();
    this.disclosure = answers.disclosure();
    this.fairness = answers.fairness();
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
    return identity.schemaVersion();
  }

  public String description() {
    return identity.description();
  }

  /** That clients should move on from this contract; null where they needn't. */
  public @Nullable Deprecation deprecation() {
    return identity.deprecation();
  }

  /** What a member gets that no feature has the name of. */
  public UnknownFields unknownFields() {
    return unknownFields;
  }

  /** In the contract's order; a feature's position here is what other calls mean by its index. */
  public List<Feature> features() {
    return features;
  }

  public List<Rule> rules() {
    return rules;
  }

  /**
   * The positions of the features whose values the audit log may keep, encrypted; empty where it
   * may keep none.
   */
  public List<Integer> auditedFeatures() {
    return auditedFeatures;
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

  /** What answers and reports may give away. */
  public Disclosure disclosure() {
    return disclosure;
  }

  /** By which groups predictions are compared; null where they aren't. */
  public @Nullable Fairness fairness() {
    return fairness;
  }

  /** The group that a valid row belongs to; null where the contract has no {@code fairness}. */
  public @Nullable String groupOf(Row row) {
    if (fairness == null) {
      return null;
    }
    int feature = indexOf(fairness.attribute());
    return fairness.groupOf(row, feature, slots[feature]);
  }

  /**
   * Whether both contracts read the same instance into the same row and hold it against the same
   * rules, so that a row of the one is one of the other. What only people read may differ.
   */
  public boolean readsRowsAs(Contract other) {
    return unknownFields == other.unknownFields
        && rules.equals(other.rules)
        && features.size() == other.features.size()
        && IntStream.range(0, features.size())
            .allMatch(i -> features.get(i).readsValuesAs(other.features.get(i)));
  }

  /**
   * The first 12 hex digits of the SHA-256 of {@code contract.yaml}: which contract an answer was
   * made by.
   */
  public String fingerprint() {
    return identity.fingerprint();
  }

  /**
   * This contract without the rules that are not enforced: what a row has to keep at present. It
   * stays the same contract, and keeps its fingerprint.
   */
  public Contract relaxed(RuleFlags flags) {
    if (flags.flags().isEmpty()) {
      return this;
    }
    Relaxation relaxation = new Relaxation(features, flags);
    return new Contract(
        identity,
        new Inputs(
            relaxation.unknownFields(unknownFields),
            features.stream().map(relaxation::feature).toList(),
            rules.stream().filter(relaxation::keeps).toList(),
            auditedFeatures),
        new Answers(outputs, degradation, disclosure, fairness));
  }

  /** The rules that this contract has and that {@link RuleFlags} can switch. */
  public Set<RuleFlags.Key> switchable() {
    return SwitchableRules.of(this);
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

  /** The features' names, in their order. */
  public List<String> names() {
    return features.stream().map(Feature::name).toList();
  }
}
