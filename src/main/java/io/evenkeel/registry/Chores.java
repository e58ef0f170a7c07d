package io.evenkeel.registry;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what may wait, on a thread of low priority: where processors are short, requests go first.
 * Whoever hands something over waits for it. Threads inherit their starter's priority and can't
 * raise it again, so nothing that starts threads belongs here.
 *
 * <p>Java's own priorities do nothing on Linux; there the thread is as nice as {@value #NICE},
 * which gives it a tenth of what another thread gets that wants the same processor. Elsewhere it is
 * a thread like others.
 */
final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final int NICE = 10;
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("chores").factory());

  static {
    THREAD.execute(Chores::beNice);
  }

  private Chores() {}

  /** What the chore gives, or throws. */
  static <T> T run(Supplier<T> chore) {
    try {
      return CompletableFuture.supplyAsync(chore, THREAD).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  /** By setpriority(2), which on Linux is about the calling thread alone. */
  @SuppressWarnings(
      "restricted") // The jar and all starts allow native access: ONNX Runtime needs it.
  private static void beNice() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setPriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int failed = (int) setPriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE);
      if (failed != 0) {
        LOG.debug("The system doesn't let a thread be nice");
      }
    } catch (Throwable e) {
      LOG.debug("Models are loaded with the priority of requests", e);
    }
  }
}
