package io.evenkeel.registry;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Mistake;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model and the state it is in. Thread-safe: what belongs together is replaced
 * together.
 */
public final class ModelVersion {
  /** A version's life, from the folder to retirement. */
  public enum State {
    /** The folder is being read and checked. */
    LOADING,
    /** The golden examples are replayed and each batch size is run. */
    WARMING,
    /** It has proved itself and serves. */
    READY,
    /** It takes no new requests. */
    DRAINING,
    /** It is unloaded. */
    RETIRED,
    /** It didn't prove itself; the mistakes say why. */
    FAILED
  }

  private record Phase(
      State state,
      @Nullable Servable servable,
      List<Mistake> mistakes,
      Duration loadTime,
      @Nullable Notice notice) {
    static Phase of(State state) {
      return new Phase(state, null, List.of(), Duration.ZERO, null);
    }

    /** Without the parts that serve. */
    Phase ended(State state) {
      return new Phase(state, null, List.of(), loadTime, notice);
    }
  }

  private final ModelFolder folder;
  private final @Nullable Deprecation deprecation;
  private volatile Phase phase = Phase.of(State.LOADING);

  /**
   * @param deprecation what operators say of it, beside its contract; null where they say nothing
   */
  ModelVersion(ModelFolder folder, @Nullable Deprecation deprecation) {
    this.folder = folder;
    this.deprecation = deprecation;
  }

  public String model() {
    return folder.model();
  }

  public String version() {
    return folder.version();
  }

  public State state() {
    return phase.state();
  }

  /** The parts that serve; null unless the version is ready. */
  public @Nullable Servable servable() {
    return phase.servable();
  }

  /** Why the version failed; empty in any other state. */
  public List<Mistake> mistakes() {
    return phase.mistakes();
  }

  /** From the first byte read to readiness or failure; zero while loading. */
  public Duration loadTime() {
    return phase.loadTime();
  }

  /**
   * That the version is going away, as its contract or its operators say; null where it isn't, or
   * before it is ready.
   */
  public @Nullable Notice notice() {
    return phase.notice();
  }

  /** The model card as JSON values; empty where there is no readable card. */
  public Object card() {
    return Card.read(folder);
  }

  /** The instance of the first golden example, as JSON; null where it can't be read any more. */
  public @Nullable String exampleInstance() {
    return GoldenReplay.firstInstance(folder);
  }

  ModelFolder folder() {
    return folder;
  }

  void warming() {
    phase = Phase.of(State.WARMING);
  }

  void ready(Servable servable, Duration loadTime) {
    Deprecation stated = Deprecation.earlierOf(deprecation, servable.contract().deprecation());
    Notice notice = stated == null ? null : new Notice(version(), stated);
    phase = new Phase(State.READY, servable, List.of(), loadTime, notice);
  }

  void failed(List<Mistake> mistakes, Duration loadTime) {
    phase = new Phase(State.FAILED, null, List.copyOf(mistakes), loadTime, null);
  }

  /** Takes no new requests; those that hold a lease run to their end. */
  void retire() {
    Servable servable = phase.servable();
    phase = phase.ended(State.DRAINING);
    if (servable != null) {
      servable.close();
    }
    phase = phase.ended(State.RETIRED);
  }

  @Override
  public String toString() {
    return model() + " " + version();
  }
}
