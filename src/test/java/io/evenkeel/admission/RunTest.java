package io.evenkeel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final long MILLI = 1_000_000;

  private final long start = System.nanoTime();

  @Test
  void endsEachTicketWhenItIsLate() {
    TestTicket hasty = inRun(TestTicket.of("hasty", dueAfter(5)));
    TestTicket patient = inRun(TestTicket.of("patient", dueAfter(10)));
    Run<TestTicket> run = run(patient, hasty);
    assertThat(run.endLate(start + MILLI)).isEqualTo(4 * MILLI);
    assertThat(hasty.state()).isEqualTo(Ticket.State.IN_RUN);
    assertThat(run.endLate(start + 5 * MILLI)).isEqualTo(5 * MILLI);
    assertThat(hasty.state()).isEqualTo(Ticket.State.EXPIRED);
    assertThat(run.endLate(start + 10 * MILLI)).isZero();
    assertThat(patient.state()).isEqualTo(Ticket.State.EXPIRED);
  }

  @Test
  void isWantedByNobodyOnceAllHaveHungUp() {
    TestTicket one = inRun(TestTicket.deserted(dueAfter(10)));
    TestTicket other = inRun(TestTicket.deserted(dueAfter(10)));
    Run<TestTicket> run = run(one, other);
    run.endDeserted();
    assertThat(List.of(one.state(), other.state())).containsOnly(Ticket.State.ABANDONED);
    assertThat(run.endLate(start + MILLI)).isZero();
  }

  @Test
  void goesOnForWhoIsStillThere() {
    TestTicket gone = inRun(TestTicket.deserted(dueAfter(10)));
    TestTicket there = inRun(TestTicket.of("there", dueAfter(10)));
    TestTicket unasked = inRun(TestTicket.deserted(dueAfter(10)));
    Run<TestTicket> run = run(gone, there, unasked);
    run.endDeserted();
    assertThat(gone.state()).isEqualTo(Ticket.State.ABANDONED);
    assertThat(unasked.state()).isEqualTo(Ticket.State.IN_RUN);
    assertThat(run.endLate(start + MILLI)).isEqualTo(9 * MILLI);
  }

  @Test
  void whoHungUpDuringALongRunIsFoundAtItsEnd() {
    TestTicket gone = inRun(TestTicket.deserted(dueAfter(10)));
    TestTicket there = inRun(TestTicket.of("there", dueAfter(10)));
    run(there, gone).finish(Ticket.State.RAN, start + 2 * MILLI);
    gone.leave();
    there.leave();
    assertThat(gone.ending()).isEqualTo(Ending.ABANDONED);
    assertThat(there.ending()).isEqualTo(Ending.RAN);
  }

  @Test
  void nobodyIsAskedAfterAShortRun() {
    TestTicket gone = inRun(TestTicket.deserted(dueAfter(10)));
    run(gone).finish(Ticket.State.RAN, start + MILLI / 2);
    gone.leave();
    assertThat(gone.ending()).isEqualTo(Ending.RAN);
  }

  private Claim dueAfter(long millis) {
    Deadline deadline = Deadline.after(Duration.ofMillis(millis), start);
    return new Claim(Endpoint.SINGLE, Priority.NORMAL, 1, deadline);
  }

  private TestTicket inRun(TestTicket ticket) {
    ticket.enterRun(Ticket.State.NEW, start);
    return ticket;
  }

  private Run<TestTicket> run(TestTicket... batch) {
    return new Run<>(List.of(batch), 1, start, MILLI);
  }
}
