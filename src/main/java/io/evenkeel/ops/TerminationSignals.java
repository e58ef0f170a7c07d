package io.evenkeel.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Stops the server on SIGTERM and SIGINT before the JVM's own shutdown begins. ONNX Runtime frees
 * its environment in a shutdown hook, which runs beside all others: a context that is closed in a
 * hook too would pull the library from under the last requests. So the context is closed first, and
 * only then does the process exit. Should native code still run by then, the process ends without
 * any hooks.
 *
 * <p>A signal during the start takes effect when the start is over. A repeated signal ends the wait
 * for load balancers, and loses nothing either.
 */
public final class TerminationSignals {
  private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);
  private static final int SIGNAL_BASE = 128;
  private static final Duration LONGEST_START = Duration.ofSeconds(10);

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch started = new CountDownLatch(1);
  private final ConfigurableApplicationContext context;
  private volatile @Nullable Draining draining;

  private TerminationSignals(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Takes the signals over from Spring's own hook, before anything is loaded. */
  public static void handOver(SpringApplication application) {
    application.setRegisterShutdownHook(false);
    application.addListeners(
        (ApplicationListener<ApplicationPreparedEvent>)
            event -> new TerminationSignals(event.getApplicationContext()).register());
  }

  private void register() {
    context.addApplicationListener(
        (ApplicationListener<ContextRefreshedEvent>)
            event -> {
              if (event.getApplicationContext().equals(context)) {
                started.countDown();
              }
            });
    SignalHandling.handle("TERM", this::stopOnSignal);
    SignalHandling.handle("INT", this::stopOnSignal);
  }

  private void stopOnSignal(int number) {
    if (stopping.compareAndSet(false, true)) {
      // Not a daemon, which it would inherit: the JVM's shutdown would begin as soon as Tomcat
      // ends.
      Thread.ofPlatform().name("termination").daemon(false).start(() -> stop(SIGNAL_BASE + number));
    } else {
      Draining current = draining;
      if (current != null) {
        current.hurry();
      }
    }
  }

  private void stop(int code) {
    boolean nativeCodeIsIdle = false;
    try {
      if (started.await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS)) {
        nativeCodeIsIdle = drainAndClose();
      }
    } catch (RuntimeException e) {
      LOG.error("The shutdown failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(code, nativeCodeIsIdle);
    }
  }

  private boolean drainAndClose() {
    ModelLoading loading = context.getBean(ModelLoading.class);
    Draining last = context.getBean(Draining.class);
    draining = last;
    boolean answered = last.drain();
    context.close();
    if (answered) {
      LOG.info("Stopped: every accepted request has been answered");
    } else {
      LOG.warn("Stopped with requests in progress: evenkeel.ops.drain-timeout is over");
    }
    return answered && !loading.isLoading();
  }

  private static void end(int code, boolean nativeCodeIsIdle) {
    if (nativeCodeIsIdle) {
      System.exit(code);
    } else {
      Runtime.getRuntime().halt(code);
    }
  }
}
