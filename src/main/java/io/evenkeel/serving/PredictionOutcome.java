package io.evenkeel.serving;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Disclosure;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.contract.Warning;
import io.evenkeel.inference.Prediction;
import io.evenkeel.registry.ModelVersion;
import io.evenkeel.routing.Routing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ending of a request. Exactly one place turns it into HTTP. */
public sealed interface PredictionOutcome {
  /** The word for it in metrics. */
  String label();

  /** The version that was asked; null where the request was routed to none. */
  @Nullable ModelVersion asked();

  /** The same ending with a warning about the request as a whole, if there is an answer. */
  default PredictionOutcome with(Warning warning) {
    return this;
  }

  /**
   * One answer.
   *
   * @param version whose answer it is
   * @param contract the one that was used
   * @param revision of the routes it was routed by
   * @param degraded what it stands for; null where the version that was asked computed it
   * @param outlier how far out its row is, as {@link Row#outlier} says it
   */
  record Served(
      ModelVersion version,
      Contract contract,
      long revision,
      Prediction prediction,
      List<Warning> warnings,
      @Nullable Degraded degraded,
      float outlier)
      implements PredictionOutcome {
    /** One to a row of which isn't known how far out it is. */
    public Served(
        ModelVersion version,
        Contract contract,
        long revision,
        Prediction prediction,
        List<Warning> warnings,
        @Nullable Degraded degraded) {
      this(version, contract, revision, prediction, warnings, degraded, Float.NaN);
    }

    @Override
    public ModelVersion asked() {
      return degraded == null ? version : degraded.asked();
    }

    @Override
    public String label() {
      return degraded == null ? "served" : "degraded";
    }

    @Override
    public Served with(Warning warning) {
      return new Served(
          version,
          contract,
          revision,
          prediction,
          Warning.plus(warnings, warning),
          degraded,
          outlier);
    }

    /** How much of its probabilities the caller may see. */
    public Disclosure.Probabilities shown() {
      return degraded == null ? contract.disclosure().probabilities() : degraded.and(contract);
    }

    Served marked(Degraded mark) {
      return new Served(version, contract, revision, prediction, warnings, mark, outlier);
    }
  }

  /**
   * A batch: an item for each instance, in their order.
   *
   * @param version whose answers they are
   * @param contract the one that was used
   * @param revision of the routes it was routed by
   * @param degraded what the batch as a whole stands for; null where the version that was asked ran
   *     it, even if single items are degraded
   * @param warnings about the request as a whole
   */
  record ServedBatch(
      ModelVersion version,
      Contract contract,
      long revision,
      List<Item> items,
      @Nullable Degraded degraded,
      List<Warning> warnings)
      implements PredictionOutcome {
    public ServedBatch(
        ModelVersion version,
        Contract contract,
        long revision,
        List<Item> items,
        @Nullable Degraded degraded) {
      this(version, contract, revision, items, degraded, List.of());
    }

    @Override
    public ServedBatch with(Warning warning) {
      return new ServedBatch(
          version, contract, revision, items, degraded, Warning.plus(warnings, warning));
    }

    @Override
    public ModelVersion asked() {
      return degraded == null ? version : degraded.asked();
    }

    @Override
    public String label() {
      return isDegraded() ? "degraded" : "served";
    }

    /** Whether any of its answers is. */
    public boolean isDegraded() {
      return degraded != null
          || items.stream()
              .anyMatch(item -> item instanceof Item.Answered found && found.degraded() != null);
    }

    /** How much of an item's probabilities the caller may see. */
    public Disclosure.Probabilities shown(Item.Answered item) {
      Degraded mark = item.degraded();
      return mark == null ? contract.disclosure().probabilities() : mark.and(contract);
    }

    /** Whether any item is of a kind. */
    boolean holds(Class<? extends Item> kind) {
      return items.stream().anyMatch(kind::isInstance);
    }

    ServedBatch marked(Degraded mark) {
      List<Item> marked =
          items.stream()
              .map(item ->
                  item instanceof Item.Answered found
                      ? new Item.Answered(
                          found.prediction(), found.warnings(), mark, found.outlier())
                      : item)
              .toList();
      return new ServedBatch(version, contract, revision, marked, mark, warnings);
    }
  }

  /** No answer, though the input kept its contract: here the contract may allow another one. */
  sealed interface Missed extends PredictionOutcome {
    /** Why there is none, in the word that answers use. */
    String reason();
  }

  /** The input breaks its contract; nothing was run. */
  record Invalid(ModelVersion asked, List<Violation> violations, int omitted)
      implements PredictionOutcome {
    @Override
    public String label() {
      return "invalid";
    }
  }

  /** Refused before any work was done. */
  record Shed(@Nullable ModelVersion asked, io.evenkeel.admission.Shed shed, String detail)
      implements Missed {
    private static final Duration UNTIL_READY = Duration.ofSeconds(2);

    /** A version's lane has refused it. */
    public static Shed by(ModelVersion asked, io.evenkeel.admission.Shed shed) {
      return new Shed(asked, shed, detail(shed.reason()));
    }

    private static String detail(io.evenkeel.admission.Shed.Reason reason) {
      return switch (reason) {
        case QUEUE_FULL -> "too many requests are waiting; try again later";
        case DEADLINE_UNATTAINABLE ->
            "an answer would come too late; try again later, or allow more time";
        case CIRCUIT_OPEN -> "the model has failed repeatedly; it is tried again in a few seconds";
        case NOT_READY -> "the version isn't ready";
      };
    }

    /** There is no version that could answer yet. */
    public static Shed notReady(String detail) {
      return new Shed(
          null,
          new io.evenkeel.admission.Shed(io.evenkeel.admission.Shed.Reason.NOT_READY, UNTIL_READY),
          detail);
    }

    @Override
    public String label() {
      return "shed";
    }

    @Override
    public String reason() {
      return shed.reason().word();
    }
  }

  /** Admitted, but the deadline passed before it could run. */
  record Expired(ModelVersion asked) implements Missed {
    @Override
    public String label() {
      return "expired";
    }

    @Override
    public String reason() {
      return "deadline-exceeded";
    }
  }

  /** The caller hung up before it could run; nobody reads the answer. */
  record Abandoned(ModelVersion asked) implements PredictionOutcome {
    @Override
    public String label() {
      return "abandoned";
    }
  }

  /** The model failed on it. */
  record Failed(ModelVersion asked) implements Missed {
    @Override
    public String label() {
      return "failed";
    }

    @Override
    public String reason() {
      return "model-failure";
    }
  }

  /**
   * Whatever became of it, the record of it isn't safe, and without that nobody may be told.
   *
   * @param asked null where the request was routed to none
   */
  record Unrecorded(@Nullable ModelVersion asked) implements PredictionOutcome {
    @Override
    public String label() {
      return "unrecorded";
    }
  }

  /** Asked of a model or version that isn't there, or isn't any more. */
  record Unroutable(Routing.Absent absent) implements PredictionOutcome {
    @Override
    public @Nullable ModelVersion asked() {
      return absent instanceof Routing.PastSunset past ? past.version() : null;
    }

    @Override
    public String label() {
      return "unroutable";
    }
  }

  /** What became of one instance of a batch. */
  sealed interface Item {
    /**
     * Its answer.
     *
     * @param degraded what it stands for; null where the version that was asked computed it
     * @param outlier how far out its row is, as {@link Row#outlier} says it
     */
    record Answered(
        Prediction prediction, List<Warning> warnings, @Nullable Degraded degraded, float outlier)
        implements Item {
      /** To a row of which isn't known how far out it is. */
      public Answered(Prediction prediction, List<Warning> warnings, @Nullable Degraded degraded) {
        this(prediction, warnings, degraded, Float.NaN);
      }
    }

    /** It breaks the contract. */
    record Refused(List<Violation> violations, int omitted) implements Item {
      static Refused of(Row row) {
        return new Refused(row.violations(), row.omittedViolations());
      }
    }

    /** The model failed on it. */
    record Broken() implements Item {}
  }
}
