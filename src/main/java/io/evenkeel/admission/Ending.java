package io.evenkeel.admission;

/** How a ticket left its lane. */
public enum Ending {
  /** Its rows were run; the ticket holds what came of them. */
  RAN,
  /** Its deadline passed first. */
  EXPIRED,
  /** Its caller hung up first. */
  ABANDONED,
  /** The run broke down because of a defect, and says nothing about the rows. */
  BROKEN
}
