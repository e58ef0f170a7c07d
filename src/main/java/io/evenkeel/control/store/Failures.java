package io.evenkeel.control.store;

import io.evenkeel.control.ControlStateException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong in a database into a text that says why, how to mend it, and no secret. */
final class Failures {
  private static final Pattern SECRET =
      Pattern.compile("(?i)([a-z_]*(?:password|passwd|secret|token))=[^&;\\s\"]*");
  private static final Pattern LOGIN = Pattern.compile("//[^/@\\s]*@");
  private static final int LONGEST = 500;

  private final StateProperties settings;

  Failures(StateProperties settings) {
    this.settings = settings;
  }

  /** What was being done. */
  enum Doing {
    OPENING("can't be opened"),
    READING("can't be read"),
    WRITING("can't be written");

    private final String text;

    Doing(String text) {
      this.text = text;
    }
  }

  /** The failure in our own words. */
  ControlStateException of(Doing doing, Throwable failure) {
    SQLException origin = origin(failure);
    String why =
        origin == null
            ? firstLine(failure)
            : firstLine(origin) + " (SQL state " + origin.getSQLState() + ")";
    return new ControlStateException(
        "The control state at %s %s: %s. %s"
            .formatted(settings.place(), doing.text, withoutSecrets(why), mend(origin)));
  }

  /** The innermost failure that the database gave a state: pools and Flyway wrap it. */
  private static @Nullable SQLException origin(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql;
      }
    }
    return found;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    // H2 puts the statement and its own version behind the reason.
    String line =
        message.strip().lines().findFirst().orElse("").replaceFirst(" \\[\\d+-\\d+]$", "");
    String sentence = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence;
  }

  private String withoutSecrets(String text) {
    String clean = SECRET.matcher(text).replaceAll("$1=***");
    clean = LOGIN.matcher(clean).replaceAll("//***@");
    return settings.password().isEmpty()
        ? clean
        : clean.replaceAll(Pattern.quote(settings.password()), Matcher.quoteReplacement("***"));
  }

  private static String mend(@Nullable SQLException origin) {
    if (origin == null) {
      return "See docs/operations.md on the control state";
    }
    String state = origin.getSQLState();
    return switch (state) {
      case "90020" ->
          "Another process has it open: stop the Evenkeel that was started in the same folder, or set "
              + "`evenkeel.state.url` to a place of its own; replicas share a PostgreSQL";
      case "28000", "28P01" ->
          "Set `evenkeel.state.username` and `evenkeel.state.password` to what the database knows";
      case "3D000" -> "Create the database, or name another in `evenkeel.state.url`";
      case "42501" ->
          "Give the user of `evenkeel.state.username` the right to create and use tables in its schema";
      case "25006" -> "Let `evenkeel.state.url` lead to the primary: this server takes no writes";
      case "90028", "90031", "90062", "90097" ->
          "Check that the folder is there, that this user may write in it, and that the disk isn't full";
      case "90030", "90048" ->
          "The file is damaged or of another version of H2: move it away and restore a backup";
      default -> generalMend(state);
    };
  }

  /** By the class of the state, which are its first two characters. */
  private static String generalMend(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "08", "57" ->
          "Check that the database runs and can be reached; whether a write was done, only reading tells";
      case "53" -> "The database lacks memory, disk or connections: give it more";
      default -> "See docs/operations.md on the control state";
    };
  }
}
