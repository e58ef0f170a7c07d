package io.evenkeel.cli.generate;

import io.evenkeel.contract.Contract;
import io.evenkeel.contract.Row;
import io.evenkeel.contract.Violation;
import io.evenkeel.monitoring.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;

/**
 * Makes synthetic rows: valid ones with the distributions of the training data, some at the edge of
 * what the contract allows, and some that break one stated rule. The same settings give the same
 * rows. For one thread at a time; its memory doesn't grow with the rows.
 */
public final class Generator {
  /** How many valid rows a variation is tried on before it counts as impossible. */
  private static final int TRIALS = 50;

  private final RowSampler rows;
  private final RandomGenerator random;
  private final Settings settings;
  private final List<Variation> edges;
  private final List<Variation> breaks;

  /**
   * What is to be made.
   *
   * @param seed another one gives other rows
   * @param invalid the share of rows that break a rule
   * @param boundary the share of rows at an edge
   * @param drifts how the rows differ from the training data
   */
  public record Settings(long seed, double invalid, double boundary, List<Drift> drifts) {
    public Settings {
      drifts = List.copyOf(drifts);
      if (invalid < 0 || boundary < 0 || invalid + boundary > 1) {
        throw new IllegalArgumentException(
            "the shares of invalid and boundary rows are " + invalid + " and " + boundary);
      }
    }
  }

  /**
   * A row.
   *
   * @param instance a JSON object
   * @param edge the rule at whose edge it stands; null where it wasn't put there
   * @param broken the rule that it breaks; null where it is valid
   */
  public record Generated(String instance, @Nullable Aim edge, @Nullable Aim broken) {
    /** The row as a line of a file, without its end. */
    public String line() {
      StringBuilder line = new StringBuilder("{\"instance\": ").append(instance);
      append(line, "boundary", edge);
      append(line, "breaks", broken);
      return line.append('}').toString();
    }

    private static void append(StringBuilder line, String name, @Nullable Aim aim) {
      if (aim != null) {
        line.append(", \"").append(name).append("\": {\"feature\": ");
        line.append(Json.quoted(aim.feature())).append(", \"rule\": ");
        line.append(Json.quoted(aim.rule())).append('}');
      }
    }
  }

  /**
   * Prepares the making of rows.
   *
   * @param reference what the training data looked like
   * @throws io.evenkeel.contract.UnusableModelException if contract and reference don't go together
   */
  public Generator(
      Contract contract, Reference reference, Settings settings, TokenStreamFactory json) {
    reference.checkAgainst(contract);
    this.settings = settings;
    this.rows = new RowSampler(contract, reference, settings.drifts(), json);
    this.random = new SplittableRandom(settings.seed());
    this.edges =
        settings.boundary() == 0 ? List.of() : possible(Edges.of(rows), Generator::keepsAll);
    this.breaks =
        settings.invalid() == 0 ? List.of() : possible(Breaks.of(rows), Generator::breaksOnly);
  }

  /** The rules that invalid rows can break, one at a time. */
  public List<Aim> breakable() {
    return breaks.stream().map(Variation::aim).distinct().toList();
  }

  /** The next row. */
  public Generated next() {
    double kind = random.nextDouble();
    if (kind < settings.invalid() && !breaks.isEmpty()) {
      Varied varied = vary(breaks, Generator::breaksOnly);
      return new Generated(varied.draft().json(), null, varied.aim());
    }
    if (kind < settings.invalid() + settings.boundary() && !edges.isEmpty()) {
      Varied varied = vary(edges, Generator::keepsAll);
      return new Generated(varied.draft().json(), varied.aim(), null);
    }
    return new Generated(rows.draw(random).json(), null, null);
  }

  private record Varied(Draft draft, Aim aim) {}

  private Varied vary(List<Variation> variations, BiPredicate<Row, Aim> reached) {
    while (true) {
      Variation variation = variations.get(random.nextInt(variations.size()));
      Draft draft = tryOut(variation, reached);
      if (draft != null) {
        return new Varied(draft, variation.aim());
      }
    }
  }

  private List<Variation> possible(List<Variation> variations, BiPredicate<Row, Aim> reached) {
    List<Variation> possible = new ArrayList<>();
    for (Variation variation : variations) {
      if (tryOut(variation, reached) != null) {
        possible.add(variation);
      }
    }
    return possible;
  }

  /** A varied row that reached its aim; null if none did. */
  private @Nullable Draft tryOut(Variation variation, BiPredicate<Row, Aim> reached) {
    for (int trial = 0; trial < TRIALS; trial++) {
      Draft draft = rows.draw(random).copy();
      variation.change().apply(draft, random);
      Row row = rows.read(draft);
      if (reached.test(row, variation.aim())) {
        return draft;
      }
    }
    return null;
  }

  private static boolean keepsAll(Row row, Aim aim) {
    return row.isValid();
  }

  private static boolean breaksOnly(Row row, Aim aim) {
    List<Violation> violations = row.violations();
    return violations.size() == 1
        && violations.getFirst().feature().equals(aim.feature())
        && violations.getFirst().rule().equals(aim.rule());
  }
}
