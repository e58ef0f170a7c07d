package io.evenkeel.monitoring.watch;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What survives the process of a version's drift, and what other servers may read.
 *
 * @param seasons tells the reference's seasons from others
 * @param calibrated how many rows were looked at to learn how many normally break the contract
 * @param violations how many of them did
 * @param rows how many rows were seen
 * @param evidence of all streams together
 * @param state the monitor's, as {@code DriftState} has it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, and neither kept nor compared.
record SavedDrift(
    int seasons, long calibrated, long violations, long rows, double evidence, byte[] state) {
  String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SavedDrift of(String json) {
    try {
      SavedDrift read = JsonMapper.shared().readValue(json, SavedDrift.class);
      if (read.state() == null || read.calibrated() < 0 || read.violations() < 0) {
        throw new IllegalArgumentException("what is kept of drift isn't whole");
      }
      return read;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("what is kept of drift can't be read", e);
    }
  }
}
