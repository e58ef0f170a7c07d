package io.evenkeel.cli.draft;

import java.util.Map;

/** Writes {@code card.yaml} with a placeholder for each member that people need. */
final class CardText {
  private CardText() {}

  /**
   * @param members what a card has to say, each with how to say it
   * @param source what the draft was made of, in words
   */
  static String of(String model, String version, Map<String, String> members, String source) {
    StringBuilder text =
        new StringBuilder("# Drafted by `evenkeel init` from " + source + ": yours from now on.\n");
    text.append("name: ").append(Yaml.scalar(model)).append('\n');
    text.append("version: ").append(Yaml.scalar(version)).append('\n');
    members.forEach(
        (member, what) -> text.append(member).append(": ").append(Yaml.todo(what)).append('\n'));
    return text.toString();
  }
}
