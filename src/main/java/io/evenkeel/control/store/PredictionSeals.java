package io.evenkeel.control.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.SealBrokenException;
import io.evenkeel.keyring.Sealer;
import io.evenkeel.monitoring.feedback.KeptPrediction;
import io.evenkeel.monitoring.feedback.PredictionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Seals what is kept of a prediction and of its outcome, each bound to its row. Thread-safe.
 *
 * <p>The predictions of each day have a key of their own, derived from the ring's: so a key seals
 * far less than the 2^32 times that random nonces allow, however many servers and years share a
 * root key, and no process has to remember a count.
 */
final class PredictionSeals {
  private static final int MOST_DAYS = 1000;

  private final Keyring ring;
  private final Cache<LocalDate, Sealer> sealers =
      Caffeine.newBuilder().maximumSize(MOST_DAYS).build();

  PredictionSeals(Keyring ring) {
    this.ring = ring;
  }

  /**
   * The row that something belongs to.
   *
   * @param at when the prediction was answered, as the row has it
   */
  record Place(PredictionId id, Instant at, String model, String version) {
    static Place of(KeptPrediction prediction) {
      return new Place(
          prediction.id(), Moments.kept(prediction.at()), prediction.model(), prediction.version());
    }
  }

  byte[] sealPrediction(byte[] plain, Place place) {
    return sealer(place).seal(plain, associated("prediction", place, ""));
  }

  byte[] openPrediction(byte[] sealed, Place place) throws SealBrokenException {
    return sealer(place).open(sealed, associated("prediction", place, ""));
  }

  /** Since when an outcome is known isn't sealed, but can't be changed either. */
  byte[] sealOutcome(byte[] plain, Place place, Instant known) {
    return sealer(place).seal(plain, associated("outcome", place, known.toString()));
  }

  byte[] openOutcome(byte[] sealed, Place place, Instant known) throws SealBrokenException {
    return sealer(place).open(sealed, associated("outcome", place, known.toString()));
  }

  private Sealer sealer(Place place) {
    return sealers.get(
        LocalDate.ofInstant(place.at(), ZoneOffset.UTC), day -> ring.sealer("feedback " + day));
  }

  /** No folder's name has a zero byte, so what is joined by it is told apart. */
  private static byte[] associated(String part, Place place, String more) {
    return String.join(
            "\0",
            part,
            place.id().answer().toString(),
            Integer.toString(place.id().index()),
            place.at().toString(),
            place.model(),
            place.version(),
            more)
        .getBytes(StandardCharsets.UTF_8);
  }
}
