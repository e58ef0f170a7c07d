package io.evenkeel.control.store;

import io.evenkeel.control.JournalDraft;
import io.evenkeel.control.Revision;
import io.evenkeel.control.ServerFact;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another process with a store: it appends revisions as fast as it can, and prints each number once
 * the store has returned. With {@code hold} it only opens the store, and prints that it has; with
 * {@code tell} it tells the same server's fact anew as fast as it can.
 */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private StoreProcess(String url, String task) throws IOException {
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                url,
                task)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.lines = process.inputReader();
  }

  static StoreProcess appending(String url) throws IOException {
    return new StoreProcess(url, "append");
  }

  static StoreProcess telling(String url) throws IOException {
    return new StoreProcess(url, "tell");
  }

  static StoreProcess holding(String url) throws IOException {
    StoreProcess holder = new StoreProcess(url, "hold");
    String line = holder.next();
    if (!"open".equals(line)) {
      holder.kill();
      throw new IllegalStateException("the process said " + line);
    }
    return holder;
  }

  /** The next line that it prints; null when it has ended. */
  @Nullable String next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("open") || line.startsWith("appended ") || line.startsWith("told ")) {
        return line;
      }
    }
    return null;
  }

  /** Lets it run for so long. */
  void awaitEnd(long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the process has ended with " + process.exitValue());
    }
  }

  /** As {@code kill -9} does. What it has printed can still be read. */
  void kill() {
    // Not by the process itself, which would close its output too.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws InterruptedException {
    StateProperties settings = new StateProperties(arguments[0], "evenkeel", "", 1_000_000);
    JdbcControlStore store =
        JdbcControlStore.open(settings, InstantSource.system(), PredictionKeys.none());
    if (arguments[1].equals("hold")) {
      System.out.println("open");
      Thread.currentThread().join();
    }
    if (arguments[1].equals("tell")) {
      tell(store);
    }
    Revision latest = store.latest();
    long number = latest == null ? 0 : latest.number();
    while (true) {
      JournalDraft entry = new JournalDraft("writer", "", "append", null, null, null);
      String document = "{\"number\":" + (number + 1) + ",\"more\":\"" + "x".repeat(500) + "\"}";
      number =
          store.append(number, document, entry, Map.of("last", Long.toString(number + 1))).number();
      System.out.println("appended " + number);
    }
  }

  /** A document says its number over and over: one that is mixed of two says two. */
  private static void tell(JdbcControlStore store) {
    List<ServerFact> told = store.told("t");
    long number = told.isEmpty() ? 0 : number(told.getFirst());
    while (true) {
      number++;
      store.tell(new ServerFact("t", "s", Instant.EPOCH, (number + " ").repeat(40_000)));
      System.out.println("told " + number);
    }
  }

  static long number(ServerFact fact) {
    return Long.parseLong(fact.document().substring(0, fact.document().indexOf(' ')));
  }
}
