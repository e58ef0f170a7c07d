package io.evenkeel.api;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.control.Author;
import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.JournalEntry;
import io.evenkeel.control.RouteControl;
import io.evenkeel.registry.LoadingThread;
import io.evenkeel.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Loads and unloads versions on demand, and writes both into the journal. Thread-safe. */
final class AdminVersions {
  private static final Logger LOG = LoggerFactory.getLogger(AdminVersions.class);
  private static final long PATIENCE_MILLIS = 1000;

  private final LoadingThread loading;
  private final RouteControl control;

  AdminVersions(LoadingThread loading, RouteControl control) {
    this.loading = loading;
    this.control = control;
  }

  /** The version's state when it is done; null where that takes longer. */
  @Nullable Object load(String model, String version, Author author) {
    return await(journaled(loading.load(model, version), "version-loaded", model, version, author));
  }

  /** The same of a version that is unloaded. */
  @Nullable Object unload(String model, String version, Author author) {
    String reason = author.why().isBlank() ? "an operator unloaded it" : author.why();
    return await(
        journaled(
            loading.unload(model, version, reason), "version-unloaded", model, version, author));
  }

  private CompletableFuture<Object> journaled(
      CompletableFuture<ModelVersion> change,
      String action,
      String model,
      String version,
      Author author) {
    return change.thenApply(done -> {
      Map<String, Object> state = state(done);
      try {
        JournalEntry ignored =
            control
                .store()
                .journal(
                    new JournalDraft(
                        author.who(),
                        author.why(),
                        action,
                        model,
                        null,
                        JsonMapper.shared().writeValueAsString(state)));
      } catch (RuntimeException e) {
        LOG.error("{} of {} {} isn't in the journal", action, model, version, e);
      }
      return state;
    });
  }

  private static Map<String, Object> state(ModelVersion version) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("model", version.model());
    state.put("version", version.version());
    state.put("state", version.state().name().toLowerCase(Locale.ROOT));
    if (!version.mistakes().isEmpty()) {
      state.put("mistakes", version.mistakes());
    }
    return state;
  }

  private static @Nullable Object await(CompletableFuture<Object> change) {
    try {
      return change.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnusableModelException refused) {
        throw new RefusedRequest(ProblemKind.CONFLICT, String.valueOf(refused.getMessage()));
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
