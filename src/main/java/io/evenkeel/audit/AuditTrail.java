package io.evenkeel.audit;

import io.evenkeel.admission.Deadline;
import io.evenkeel.audit.log.AuditLog;
import io.evenkeel.audit.log.Entry;
import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.control.JournalDraft;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.registry.artifact.SigningKey;
import io.evenkeel.serving.spi.RequestSummary;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has requests and changes recorded, in the mode that is set for their model. Thread-safe.
 *
 * <p>In mode durable a caller waits until its record is on disk; whoever gets false must not be
 * told what the record says.
 */
public final class AuditTrail implements AutoCloseable {
  private final AuditProperties properties;
  private final InstantSource clock;
  private final AuditLog log;
  private final Fingerprints fingerprints;

  /**
   * Opens the log.
   *
   * @throws io.evenkeel.contract.UnusableModelException if the key or the log can't be used
   */
  public AuditTrail(
      AuditProperties properties, Keyring ring, AuditMeters meters, InstantSource clock) {
    this.properties = properties;
    this.clock = clock;
    this.fingerprints = new Fingerprints(ring);
    this.log =
        AuditLog.open(
            properties.log(), SigningKey.read(properties.signingKey()), ring, meters, clock);
    meters.watch(log);
  }

  /**
   * A request for predictions.
   *
   * @param kind what was asked for, in a word
   * @param who the caller; null where it doesn't say
   * @param model the one it named, if it has come to none; null for the default
   * @param seen null where its rows weren't read
   */
  public record Request(
      String kind,
      @Nullable String who,
      @Nullable String model,
      RequestSummary summary,
      @Nullable Seen seen) {}

  /**
   * What a request's version has seen of it.
   *
   * @param answers one for each row, a label or a number; null where it got none
   */
  public record Seen(Contract contract, List<Row> rows, List<@Nullable Object> answers) {}

  /** Whether requests to a model are recorded; the model is null where that isn't known. */
  public boolean records(@Nullable String model) {
    return mode(model) != AuditMode.OFF;
  }

  /**
   * Whether callers of a model wait for their records; the model is null where that isn't known.
   */
  public boolean waits(@Nullable String model) {
    return mode(model) == AuditMode.DURABLE;
  }

  private AuditMode mode(@Nullable String model) {
    return model == null ? properties.mode() : properties.modeOf(model);
  }

  /**
   * Has a request recorded, if that is to be.
   *
   * @param deadline until when its caller wants an answer
   * @return whether its answer may leave
   */
  public boolean keep(Request request, Deadline deadline) {
    RequestSummary.Route route = request.summary().route();
    String model = route == null ? request.model() : route.model();
    AuditMode mode = mode(model);
    if (mode == AuditMode.OFF) {
      return true;
    }
    AuditRecord record =
        new AuditRecord(
            clock.millis(),
            request.kind(),
            request.who(),
            model,
            request.summary(),
            route == null ? null : inputs(route.model(), request));
    return keep(mode, record, deadline.nanosLeft(System.nanoTime()));
  }

  /** Null where no rows were read. */
  private AuditRecord.@Nullable Inputs inputs(String model, Request request) {
    Seen seen = request.seen();
    return seen == null
        ? null
        : new AuditRecord.Inputs(
            seen.contract().fingerprint(),
            fingerprints.of(model, seen.rows()),
            SealedValues.of(seen.contract(), request.summary().id(), seen.rows(), seen.answers()));
  }

  /**
   * Has something else about a model recorded, if that is to be.
   *
   * @param model null where it is the default, or isn't known
   * @return whether it may be told
   */
  public boolean keep(Notes notes, @Nullable String model, Deadline deadline) {
    AuditMode mode = mode(model);
    return mode == AuditMode.OFF || keep(mode, notes, deadline.nanosLeft(System.nanoTime()));
  }

  /**
   * Has something else recorded, in the strictest mode that is set for any model.
   *
   * @return whether it may be done, or told
   */
  public boolean keep(Notes notes) {
    return keep(properties.strictest(), notes, 0);
  }

  private boolean keep(AuditMode mode, Entry entry, long nanosLeft) {
    if (mode == AuditMode.DURABLE) {
      long patience = Math.max(nanosLeft, 0) + properties.patience().toNanos();
      return log.keep(entry, System.nanoTime() + patience);
    }
    boolean ignored = log.offer(entry);
    return true;
  }

  /** Takes note of a change that is in force and in the journal. */
  public void changed(JournalDraft entry, long revision) {
    boolean ignored =
        log.offer(
            Notes.of("change")
                .with("who", entry.who())
                .with("why", entry.why())
                .with("action", entry.action())
                .with("model", entry.model())
                .with("before", entry.before())
                .with("after", entry.after())
                .with("revision", revision));
  }

  /** Why records can't be written at present; null where they can. */
  public @Nullable String failure() {
    return log.failure();
  }

  @Override
  public void close() {
    log.close();
  }
}
