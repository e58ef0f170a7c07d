package io.evenkeel.contract.compatibility;

/**
 * One difference between two contracts.
 *
 * @param kind what changed
 * @param feature the feature by the name that clients of the old contract know, or that is new;
 *     {@code ""} where the change is of no single one
 * @param words what it is now, and what it was
 */
public record Change(ChangeKind kind, String feature, String words) {
  public Impact impact() {
    return kind.impact();
  }

  /** Whether it breaks clients. */
  public boolean breaksClients() {
    return impact() == Impact.BREAKING;
  }

  @Override
  public String toString() {
    return (feature.isEmpty() ? "" : "`" + feature + "`: ") + words;
  }
}
