package io.evenkeel.contract;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Says that a model folder can't be served, with every mistake found in it. */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  public UnusableModelException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public UnusableModelException(String file, int line, String cause, String mend) {
    this(List.of(new Mistake(file, line, cause, mend)));
  }

  /** Says that one of its files can't be read. */
  public static UnusableModelException unreadable(String file, IOException why) {
    return new UnusableModelException(
        file,
        0,
        "the file can't be read (" + why.getClass().getSimpleName() + ")",
        "check its permissions and the disk");
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
