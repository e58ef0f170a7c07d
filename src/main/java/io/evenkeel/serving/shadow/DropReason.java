package io.evenkeel.serving.shadow;

import java.util.Locale;

/** Why a copy wasn't tried. */
public enum DropReason {
  /** Too much waits already. */
  QUEUE_FULL,
  /** The candidate's lane refused it: it is busy, too slow for the budget, or fails too often. */
  SHED,
  /** The candidate isn't loaded, or is being unloaded. */
  NOT_READY,
  /** The candidate's contract reads rows otherwise, or other rules are enforced at present. */
  OTHER_CONTRACT,
  /** The row is larger than those that are kept; or its batch, of which some rows are taken. */
  TOO_LARGE,
  /** The route or a version changed while it waited. */
  OUTDATED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word for it in metrics and reports. */
  public String word() {
    return word;
  }
}
