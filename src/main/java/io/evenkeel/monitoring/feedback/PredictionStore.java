package io.evenkeel.monitoring.feedback;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recent predictions and what became of them. Safe for use by many threads and processes. Calls
 * block; each throws an unchecked exception with a text for people if the database can't do it.
 */
public interface PredictionStore {
  /** Keeps new predictions: all of them, or none. */
  void add(List<KeptPrediction> predictions);

  /** Those of these ids that are kept, in any order. */
  List<JudgedPrediction> find(Collection<PredictionId> ids);

  /**
   * Writes outcomes, where they change something: all of them, or none.
   *
   * @return what was known of each before, by its id; null for its first outcome. An id that isn't
   *     kept any more is left out
   */
  Map<PredictionId, @Nullable KnownOutcome> judge(Map<PredictionId, KnownOutcome> outcomes);

  /** Predictions of a version, the newest first. */
  List<JudgedPrediction> newest(Query query);

  /**
   * Forgets the oldest.
   *
   * @param before which all go
   * @param keep how many stay at most
   * @return how many were forgotten
   */
  int trim(Instant before, long keep);

  /**
   * Which predictions.
   *
   * @param judgedOnly whether only those whose outcome is known
   * @param since from when on
   * @param limit how many at most
   */
  record Query(String model, String version, boolean judgedOnly, Instant since, int limit) {}
}
