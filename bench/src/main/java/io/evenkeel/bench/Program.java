package io.evenkeel.bench;

import java.io.IOException;
import java.net.ConnectException;

/** How the load generators' programs start and end. */
final class Program {
  private Program() {}

  /**
   * Makes options of arguments.
   *
   * @param <O> the options
   */
  interface Parser<O> {
    /** Throws IllegalArgumentException, with a text for the user. */
    O parse(String... arguments) throws IOException;
  }

  /**
   * What the program does.
   *
   * @param <O> the options
   */
  interface Body<O> {
    void run(O options) throws IOException;
  }

  /** Ends with 2 and the parser's usage for options that can't be run, with 1 without a server. */
  static <O> void main(String usage, Parser<O> parser, Body<O> body, String... arguments)
      throws IOException {
    O options;
    try {
      options = parser.parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage() + "\n" + usage);
      System.exit(2);
      return;
    }
    try {
      body.run(options);
    } catch (ConnectException gone) {
      System.err.println("no server answers there: " + gone.getMessage());
      System.exit(1);
    }
  }
}
