package io.evenkeel.monitoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the values of one feature, or of one output, were distributed. Immutable. */
public sealed interface Sketch {
  /** The share of rows in which the value was absent or null. */
  double missing();

  /** How many rows it was made of, those without a value included. */
  long rows();

  /**
   * Numbers in bins; dates count in days and date-times in seconds since 1970-01-01.
   *
   * @param edges ascending: bin i holds {@code edges[i-1] <= x < edges[i]}, the outer ones are open
   * @param probabilities the bins' shares of the values that were there, one more than edges
   * @param std the standard deviation
   */
  record Numeric(
      long rows,
      double missing,
      List<Double> edges,
      List<Double> probabilities,
      double mean,
      double std,
      double min,
      double max)
      implements Sketch {
    public Numeric {
      edges = List.copyOf(edges);
      probabilities = List.copyOf(probabilities);
      if (probabilities.size() != edges.size() + 1) {
        throw new IllegalArgumentException(
            edges.size() + " edges, " + probabilities.size() + " probabilities");
      }
    }

    /** The bin of a number. */
    public int bin(double value) {
      int found = Collections.binarySearch(edges, value);
      return found >= 0 ? found + 1 : -(found + 1);
    }
  }

  /**
   * Texts; true and false are texts too.
   *
   * @param categories by text, its share of the values that were there, in the file's order
   * @param other the share of all other texts together
   */
  record Categorical(long rows, double missing, Map<String, Double> categories, double other)
      implements Sketch {
    public Categorical {
      categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }
  }

  /**
   * Tensors, element by element in row-major order.
   *
   * @param std the elements' standard deviations
   * @param overall the mean of a row's elements
   */
  record Tensor(long rows, double missing, List<Double> mean, List<Double> std, Numeric overall)
      implements Sketch {
    public Tensor {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      if (mean.size() != std.size()) {
        throw new IllegalArgumentException(mean.size() + " means, " + std.size() + " deviations");
      }
    }
  }
}
