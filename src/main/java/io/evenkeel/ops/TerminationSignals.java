package io.evenkeel.ops;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Stops the server on SIGTERM and SIGINT before the JVM's own shutdown begins. ONNX Runtime frees
 * its environment in a shutdown hook, which runs beside all others: a context that is closed in a
 * hook too would pull the library from under the last requests. So the context is closed first, and
 * only then does the process exit.
 */
public final class TerminationSignals {
  private static final Logger LOG = LoggerFactory.getLogger(TerminationSignals.class);
  private static final int SIGNAL_BASE = 128;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ConfigurableApplicationContext context;

  private TerminationSignals(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Takes the signals over from Spring's own hook, once the context is there. */
  public static void handOver(SpringApplication application) {
    application.setRegisterShutdownHook(false);
    application.addListeners(
        (ApplicationListener<ContextRefreshedEvent>)
            event -> {
              if (event.getApplicationContext() instanceof ConfigurableApplicationContext context
                  && context.getParent() == null) {
                new TerminationSignals(context).register();
              }
            });
  }

  private void register() {
    SignalHandling.handle("TERM", this::stopOnSignal);
    SignalHandling.handle("INT", this::stopOnSignal);
  }

  private void stopOnSignal(int number) {
    if (stopping.compareAndSet(false, true)) {
      Thread.ofPlatform().name("termination").start(() -> stop(SIGNAL_BASE + number));
    }
  }

  private void stop(int code) {
    try {
      context.getBean(Draining.class).drain();
      context.close();
      LOG.info("Stopped: every accepted request has been answered");
    } catch (RuntimeException e) {
      LOG.error("The shutdown failed", e);
    } finally {
      System.exit(code);
    }
  }
}
