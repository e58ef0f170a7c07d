package io.evenkeel.rollout;

/** Which of the two versions a request was routed to. */
public enum Arm {
  STABLE,
  CANARY
}
