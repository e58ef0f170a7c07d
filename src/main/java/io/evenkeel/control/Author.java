package io.evenkeel.control;

/**
 * On whose behalf something is changed.
 *
 * @param who the person or part, at most 200 characters
 * @param why the reason, at most 4,000 characters; may be empty
 */
public record Author(String who, String why) {
  public Author {
    Texts.requireName("who", who, Texts.NAME);
    Texts.require("why", why, Texts.REASON);
  }
}
