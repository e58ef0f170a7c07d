package io.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void makesUuidsOfVersion7WithTheTimeInFront() {
    long before = System.currentTimeMillis();
    UUID id = UUID.fromString(Ids.next());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void sortsByTime() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(Ids.next());
      long now = System.currentTimeMillis();
      while (System.currentTimeMillis() == now) {
        Thread.onSpinWait();
      }
    }
    assertThat(ids).isSorted();
  }

  @Test
  void neverMakesTheSameTwice() throws InterruptedException {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 50_000; i++) {
                  ids.add(Ids.next());
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ids).hasSize(200_000);
  }
}
