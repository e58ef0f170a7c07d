package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Clients that ask without a pause while something happens. One that fails ends it. */
final class UnderLoad {
  private final int clients;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Future<?>> asking = new ArrayList<>();

  /** One request; throws if it isn't answered as it should be. */
  interface Request {
    void ask() throws Exception;
  }

  /** What happens meanwhile. */
  interface Meanwhile {
    void run(UnderLoad load) throws Exception;
  }

  private UnderLoad(int clients) {
    this.clients = clients;
  }

  static void run(int clients, Request request, Meanwhile meanwhile) throws Exception {
    UnderLoad load = new UnderLoad(clients);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        load.asking.add(
            threads.submit(() -> {
              while (goesOn.get()) {
                request.ask();
                load.asked.incrementAndGet();
              }
              return null;
            }));
      }
      try {
        load.goOn(1);
        meanwhile.run(load);
      } finally {
        goesOn.set(false);
      }
      for (Future<?> client : load.asking) {
        client.get();
      }
    }
  }

  /** Goes on until something is so. */
  void until(BooleanSupplier condition) {
    Await.until(() -> {
      for (Future<?> client : asking) {
        assertThat(client.isDone()).as("a client has given up").isFalse();
      }
      return condition.getAsBoolean();
    });
  }

  /** Goes on until all have been answered so many times more, on average. */
  void goOn(int times) {
    int before = asked.get();
    until(() -> asked.get() >= before + times * clients);
  }
}
