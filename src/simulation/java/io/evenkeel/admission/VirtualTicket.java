package io.evenkeel.admission;

import java.util.function.Consumer;

/** A ticket for which no thread waits: what would wake the thread calls the simulation. */
final class VirtualTicket extends Ticket {
  private final VirtualRequest request;
  private final Permit permit;
  private final Consumer<VirtualTicket> woken;

  /** Whether its own thread would be in a run now, and couldn't be woken. */
  private boolean leads;

  VirtualTicket(VirtualRequest request, int rows, Permit permit, Consumer<VirtualTicket> woken) {
    super(request.claim(), rows, request.client());
    this.request = request;
    this.permit = permit;
    this.woken = woken;
  }

  VirtualRequest request() {
    return request;
  }

  Permit permit() {
    return permit;
  }

  void lead() {
    leads = true;
  }

  @Override
  void wake() {
    if (!leads) {
      woken.accept(this);
    }
  }
}
