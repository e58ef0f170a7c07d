package io.evenkeel.registry;

/** Something to be done when all versions are loaded, before the server calls itself ready. */
@FunctionalInterface
public interface AfterLoading {
  void run();
}
