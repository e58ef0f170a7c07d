package io.evenkeel.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Counts a key once in each step. To take a new key for one that was counted costs a request, and
 * is no more likely in one arm than in the other; to take it for one of an earlier step costs
 * nothing else, because then only the keys beyond the earlier share are bet on, which is right for
 * new ones too.
 *
 * <p>When the set of counted keys is full, a second one is begun and the first kept; when that is
 * full too, the first is given up. So a key counts once among the last 180,000 or more (for sets of
 * 2^20 bits). Not thread-safe.
 */
final class OncePerStep implements Thinning {
  private final int bits;
  private KeySet current;
  private KeySet older;
  private final KeySet before;
  private boolean anyMayBeSeen;
  private boolean hasForgotten;

  OncePerStep(int bits) {
    this.bits = bits;
    this.current = new KeySet(bits);
    this.older = new KeySet(bits);
    this.before = new KeySet(bits);
  }

  @Override
  public Standing note(long key, Instant now) {
    if (current.contains(key) || older.contains(key)) {
      return Standing.REPEATED;
    }
    current.add(key);
    if (current.isFull()) {
      hasForgotten = true;
      older = current;
      current = new KeySet(bits);
    }
    return anyMayBeSeen || before.contains(key) ? Standing.SEEN_BEFORE : Standing.NEW;
  }

  @Override
  public void beginStep() {
    before.addAll(current);
    before.addAll(older);
    // Who was forgotten, or finds a set that is full, can't be told from a new one.
    anyMayBeSeen |= hasForgotten || before.isFull();
    current = new KeySet(bits);
    older = new KeySet(bits);
  }

  @Override
  public Map<String, Object> save() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("current", current.save());
    saved.put("older", older.save());
    saved.put("before", before.save());
    saved.put("anyMayBeSeen", anyMayBeSeen);
    saved.put("hasForgotten", hasForgotten);
    return saved;
  }

  @Override
  public void load(JsonNode saved) {
    current.load(saved.get("current").stringValue());
    older.load(saved.get("older").stringValue());
    before.load(saved.get("before").stringValue());
    anyMayBeSeen = saved.get("anyMayBeSeen").booleanValue();
    hasForgotten = saved.get("hasForgotten").booleanValue();
  }
}
