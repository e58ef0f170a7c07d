package io.evenkeel.contract;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One way to answer when the model can't, as the contract's {@code degradation} section says. */
public sealed interface Degradation {
  /** The kind of way, which answers and metrics name. */
  Mode mode();

  /** The kinds of ways. */
  enum Mode {
    CACHE,
    FALLBACK,
    DEFAULT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word for it in contracts, answers and metrics. */
    public String word() {
      return word;
    }
  }

  /** What this version itself computed for the same row before, up to an age and a size. */
  record Cache(Duration maxAge, long maxBytes) implements Degradation {
    /** The greatest age as a contract writes it. */
    public String writtenAge() {
      return Quantity.DURATION.written(maxAge.toMillis());
    }

    /** The greatest size as a contract writes it. */
    public String writtenSize() {
      return Quantity.SIZE.written(maxBytes);
    }

    @Override
    public Mode mode() {
      return Mode.CACHE;
    }
  }

  /** What another version of the same model answers. */
  record Fallback(String version) implements Degradation {
    @Override
    public Mode mode() {
      return Mode.FALLBACK;
    }
  }

  /** What the contract states, whatever the row. */
  sealed interface Default extends Degradation {
    @Override
    default Mode mode() {
      return Mode.DEFAULT;
    }
  }

  /**
   * A stated answer of a classifier.
   *
   * @param labels the classes' names
   * @param probabilities one for each label, in the same order
   * @param winner the index of the stated label
   */
  record DefaultClass(List<String> labels, List<Double> probabilities, int winner)
      implements Default {
    public DefaultClass {
      labels = List.copyOf(labels);
      probabilities = List.copyOf(probabilities);
    }
  }

  /** A stated answer of a regression. */
  record DefaultValue(double value) implements Default {}
}
