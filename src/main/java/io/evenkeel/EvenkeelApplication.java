package io.evenkeel;

import io.evenkeel.cli.CommandLineInterface;
import io.evenkeel.ops.TerminationSignals;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Evenkeel model server, and its command line. */
@SpringBootApplication
public class EvenkeelApplication {
  public static void main(String[] arguments) {
    if (CommandLineInterface.isMeant(arguments)) {
      System.exit(CommandLineInterface.run(arguments));
    }
    reserveThreadsForRuns();
    SpringApplication application = new SpringApplication(EvenkeelApplication.class);
    TerminationSignals.handOver(application);
    application.run(arguments);
  }

  /**
   * A run of the model holds on to the platform thread under its virtual one. With only as many as
   * processors, parsing and refusals would wait behind runs, so there are twice as many.
   */
  private static void reserveThreadsForRuns() {
    String parallelism = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(parallelism) == null) {
      System.setProperty(
          parallelism, Integer.toString(2 * Runtime.getRuntime().availableProcessors()));
    }
  }
}
