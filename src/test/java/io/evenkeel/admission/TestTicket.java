package io.evenkeel.admission;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ticket with a name. */
final class TestTicket extends Ticket {
  static final Duration LONG = Duration.ofMinutes(1);

  final String name;

  private TestTicket(String name, Claim claim, @Nullable Client client) {
    super(claim, claim.rows(), client);
    this.name = name;
  }

  static TestTicket of(String name, Claim claim) {
    return new TestTicket(name, claim, null);
  }

  static TestTicket deserted(Claim claim) {
    return new TestTicket("deserted", claim, () -> true);
  }

  /**
   * @param aside gets its name when its thread steps aside
   * @param nearlyHere what happens while its thread gives way
   */
  static TestTicket withThread(String name, Claim claim, Set<String> aside, Runnable nearlyHere) {
    Client client =
        new Client() {
          @Override
          public boolean isGone() {
            return false;
          }

          @Override
          public void stepAside() {
            aside.add(name);
          }

          @Override
          public void giveWay() {
            nearlyHere.run();
          }
        };
    return new TestTicket(name, claim, client);
  }

  static Claim claim(Priority priority, int rows, Duration timeLeft) {
    Deadline deadline = Deadline.after(timeLeft, System.nanoTime());
    return new Claim(Endpoint.SINGLE, priority, rows, deadline);
  }

  static Claim batch(int rows, Duration timeLeft) {
    Deadline deadline = Deadline.after(timeLeft, System.nanoTime());
    return new Claim(Endpoint.BATCH, Priority.NORMAL, rows, deadline);
  }

  static Claim claim(Duration timeLeft) {
    return claim(Priority.NORMAL, 1, timeLeft);
  }

  @Override
  public String toString() {
    return name;
  }
}
