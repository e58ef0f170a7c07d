package io.evenkeel.monitoring.support;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one length to be used again, since a request comes on a thread of its own and can't
 * keep one. Whoever takes one has it alone. Thread-safe and lock-free; keeps no more arrays than it
 * has places, which are about two for each processor.
 */
final class Scratch {
  /** Places that lie next to each other would share a cache line. */
  private static final int APART = 4;

  private final int length;
  private final int mask;
  private final AtomicReferenceArray<double @Nullable []> places;

  Scratch(int length) {
    this.length = length;
    int count = Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors());
    this.mask = count - 1;
    this.places = new AtomicReferenceArray<>(count << APART);
  }

  /** This thread's place. */
  int place() {
    return ((int) Thread.currentThread().threadId() & mask) << APART;
  }

  /** The array at a place, or a new one while another thread has it. Holds anything. */
  double[] take(int place) {
    double[] found = places.getAndSet(place, null);
    return found == null ? new double[length] : found;
  }

  void give(int place, double[] array) {
    places.setRelease(place, array);
  }
}
