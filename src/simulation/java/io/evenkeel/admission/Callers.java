package io.evenkeel.admission;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Sends what one kind of callers asks for. */
final class Callers {
  /** After which those who wait for their answer come again if they were refused. */
  private static final long RETRY_NANOS = 10_000_000;

  private final Load load;
  private final Scenario.World world;
  private final VirtualTime time;
  private final VirtualLane lane;
  private final Random chance;

  /**
   * Callers who haven't come yet.
   *
   * @param number of the load in its scenario: each has its own chance
   */
  Callers(Load load, int number, VirtualLane lane, Scenario.World world) {
    this.load = load;
    this.world = world;
    this.time = lane.time();
    this.lane = lane;
    this.chance = new Random(100 + number);
  }

  Load load() {
    return load;
  }

  /** From now on they come. */
  void start() {
    switch (load.arrivals()) {
      case Load.Arrivals.Open open -> expect(open);
      case Load.Arrivals.Closed closed -> {
        for (int i = 0; i < closed.callers(); i++) {
          comeAgain(world.phases().calmNanos() + chance.nextInt(1_000_000));
        }
      }
    }
  }

  /** Comes at random: a Poisson process as dense as ever, from which some are left out. */
  private void expect(Load.Arrivals.Open open) {
    double most = Math.max(open.calm(), open.disturbed());
    double perSecond = most * world.rowsPerSecond() / load.kind().rows();
    long gap = (long) (-StrictMath.log(1 - chance.nextDouble()) / perSecond * 1e9);
    long at = time.now() + gap;
    if (at >= world.phases().end()) {
      return;
    }
    double share = world.phases().isDisturbed(at) ? open.disturbed() : open.calm();
    boolean comes = chance.nextDouble() * most < share;
    time.at(
        at,
        () -> {
          if (comes) {
            send();
          }
          expect(open);
        });
  }

  private void send() {
    long now = time.now();
    Endpoint endpoint = load.kind().endpoint();
    Duration budget = world.settings().budget().of(endpoint);
    Claim claim =
        new Claim(
            endpoint, load.kind().priority(), load.kind().rows(), Deadline.after(budget, now));
    VirtualRequest request = new VirtualRequest(this, claim, now, client(now, budget));
    time.at(world.machine().noticed(now), () -> lane.enter(request));
  }

  private @Nullable Client client(long now, Duration budget) {
    boolean hangsUp = chance.nextDouble() < load.hangUps();
    long gone = now + budget.toNanos() / 5;
    return hangsUp ? () -> time.now() >= gone : null;
  }

  /** One of them has had its answer. */
  void answered() {
    if (load.arrivals() instanceof Load.Arrivals.Closed closed) {
      comeAgain(closed.thinkNanos());
    }
  }

  /** One of them was refused. */
  void refused() {
    if (load.arrivals() instanceof Load.Arrivals.Closed) {
      comeAgain(RETRY_NANOS);
    }
  }

  private void comeAgain(long afterNanos) {
    if (time.now() + afterNanos < world.phases().recoveryStart()) {
      time.at(time.now() + afterNanos, this::send);
    }
  }
}
