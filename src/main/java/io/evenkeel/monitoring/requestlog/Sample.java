package io.evenkeel.monitoring.requestlog;

/**
 * A share of requests, chosen by their ids: the same id is always chosen or never, so that a
 * request can be followed through all services and replicas that choose alike. A larger share holds
 * the smaller one. Immutable.
 *
 * @param share from 0 to 1
 */
record Sample(double share) {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double POINTS = 0x1p53;

  boolean holds(String id) {
    return share > 0 && (share >= 1 || (mixed(hash(id)) >>> 11) / POINTS < share);
  }

  /** FNV-1a (Fowler, Noll and Vo), over characters. */
  private static long hash(String id) {
    long hash = FNV_START;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /**
   * MurmurHash3's finalizer (Appleby): without it, ids that differ at their end only, as counters
   * do, would fall beside each other.
   */
  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
