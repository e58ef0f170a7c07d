package io.evenkeel.control.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does something many times at once. */
final class Crowd {
  private static final int SECONDS = 120;

  private Crowd() {}

  /** What each of them came back with; they begin at the same moment. */
  static <T> List<T> ask(int size, IntFunction<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(size);
    try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int number = i;
        answers.add(
            threads.submit(() -> {
              start.await(SECONDS, TimeUnit.SECONDS);
              return task.apply(number);
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> answer : answers) {
        results.add(answer.get(SECONDS, TimeUnit.SECONDS));
      }
      return results;
    }
  }
}
