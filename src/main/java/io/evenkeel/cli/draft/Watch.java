package io.evenkeel.cli.draft;

/** Is told how far long work has come. */
@FunctionalInterface
public interface Watch {
  /**
   * @param share from 0 to 1
   * @param rows how many rows are done
   */
  void at(double share, long rows);
}
