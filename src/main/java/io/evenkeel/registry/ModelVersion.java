package io.evenkeel.registry;

import io.evenkeel.contract.Deprecation;
import io.evenkeel.contract.Mistake;
import io.evenkeel.contract.UnusableModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    /** It takes no new requests; some that came before still use it. */
    DRAINING,
    /** It is unloaded, and its memory freed. */
    RETIRED,
    /** It didn't prove itself; the mistakes say why. */
    FAILED
  }

  /**
   * Another content of the version's folder that is to take this one's place.
   *
   * @param state LOADING, or FAILED
   * @param mistakes why it failed
   */
  public record Replacement(State state, List<Mistake> mistakes) {
    public Replacement {
      mistakes = List.copyOf(mistakes);
    }
  }

  /**
   * @param draining what still has to be freed; null unless DRAINING
   */
  private record Phase(
      State state,
      @Nullable Servable servable,
      @Nullable Servable draining,
      List<Mistake> mistakes,
      Duration loadTime,
      @Nullable String reason,
      Instant since) {
    Phase(
        State state,
        @Nullable Servable servable,
        @Nullable Servable draining,
        List<Mistake> mistakes,
        Duration loadTime,
        @Nullable String reason) {
      this(state, servable, draining, mistakes, loadTime, reason, Instant.now());
    }

    static Phase of(State state) {
      return new Phase(state, null, null, List.of(), Duration.ZERO, null);
    }
  }

  private final ModelFolder folder;
  private volatile Phase phase = Phase.of(State.LOADING);
  private volatile @Nullable Replacement replacement;
  private @Nullable Deprecation deprecation;
  private volatile @Nullable Notice notice;
  private volatile @Nullable ModelCard card;

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
    Phase now = phase;
    Servable draining = now.draining();
    return draining != null && draining.isFreed() ? State.RETIRED : now.state();
  }

  /** The parts that serve; null unless the version is ready. */
  public @Nullable Servable servable() {
    return phase.servable();
  }

  /** Why the version failed; empty in any other state. */
  public List<Mistake> mistakes() {
    return phase.mistakes();
  }

  /** Why it was unloaded; null unless it was. */
  public @Nullable String reason() {
    return phase.reason();
  }

  /** From the first byte read to readiness or failure; zero while loading. */
  public Duration loadTime() {
    return phase.loadTime();
  }

  /** Since when it is in its state; of a retired one, since when it drained. */
  public Instant since() {
    return phase.since();
  }

  /** What its folder holds by now, where that isn't what serves; null where it is. */
  public @Nullable Replacement replacement() {
    return replacement;
  }

  /**
   * That the version is going away, as its contract or its operators say; null where it isn't, or
   * before it is ready.
   */
  public @Nullable Notice notice() {
    return notice;
  }

  /** The model card; read once, so that it stays the card of what was loaded. */
  public ModelCard card() {
    ModelCard known = card;
    if (known == null) {
      known = CardCheck.read(folder);
      card = known;
    }
    return known;
  }

  /** The instance of the first golden example, as JSON; null where it can't be read any more. */
  public @Nullable String exampleInstance() {
    return GoldenReplay.firstInstance(folder);
  }

  /** The content of its {@code reference.json}; empty where there is none, or it can't be read. */
  public Optional<byte[]> referenceFile() {
    try {
      return folder.has(ModelFolder.REFERENCE)
          ? Optional.of(folder.read(ModelFolder.REFERENCE))
          : Optional.empty();
    } catch (UnusableModelException e) {
      return Optional.empty();
    }
  }

  ModelFolder folder() {
    return folder;
  }

  /** What operators say of it from now on. */
  synchronized void deprecate(@Nullable Deprecation said) {
    deprecation = said;
    Servable servable = phase.servable();
    if (servable != null) {
      notice = noticeOf(servable);
    }
  }

  private @Nullable Notice noticeOf(Servable servable) {
    Deprecation stated = Deprecation.earlierOf(deprecation, servable.contract().deprecation());
    return stated == null ? null : new Notice(version(), stated);
  }

  /** Is being read, for the first time or after it was unloaded. */
  synchronized void loading() {
    phase = Phase.of(State.LOADING);
  }

  synchronized void warming() {
    phase = Phase.of(State.WARMING);
  }

  synchronized void ready(Servable servable, Duration loadTime) {
    notice = noticeOf(servable);
    phase = new Phase(State.READY, servable, null, List.of(), loadTime, null);
  }

  synchronized void failed(List<Mistake> mistakes, Duration loadTime) {
    phase = new Phase(State.FAILED, null, null, List.copyOf(mistakes), loadTime, null);
  }

  void replacing(@Nullable Replacement other) {
    replacement = other;
  }

  /**
   * Takes no new requests; those that hold a lease run to their end. Harmless when repeated.
   *
   * @param reason in words
   */
  void retire(String reason) {
    Servable servable;
    synchronized (this) {
      servable = phase.servable();
      if (servable == null) {
        if (phase.state() != State.DRAINING && phase.state() != State.FAILED) {
          phase = new Phase(State.RETIRED, null, null, List.of(), phase.loadTime(), reason);
        }
        return;
      }
      phase = new Phase(State.DRAINING, null, servable, List.of(), phase.loadTime(), reason);
    }
    servable.close();
  }

  @Override
  public String toString() {
    return model() + " " + version();
  }
}
