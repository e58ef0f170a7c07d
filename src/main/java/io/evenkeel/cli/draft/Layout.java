package io.evenkeel.cli.draft;

import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.preprocess.ElementType;
import io.evenkeel.preprocess.InputTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which columns of the data go into which of the graph's inputs. Inputs of one element take the
 * column of their name; the other columns go into the other inputs in their order.
 *
 * @param slots the features, in the order of the data's columns
 * @param widens whether a single input has more elements than there are columns, so that texts must
 *     become several elements each
 */
record Layout(List<Slot> slots, boolean widens) {
  /** An input of more elements without a shape of its own is a vector, and not so many features. */
  private static final int MOST_FEATURES = 256;

  /** The same, where the data don't name the elements. */
  private static final int MOST_NAMELESS = 32;

  Layout {
    slots = List.copyOf(slots);
  }

  /** Features for a graph without data: named after the inputs. */
  static Layout of(List<InputTensor> inputs) {
    Names names = new Names();
    List<Slot> slots = new ArrayList<>();
    for (InputTensor input : inputs) {
      if (isTensor(input, MOST_NAMELESS)) {
        slots.add(new Slot(names.unique(input.name()), "", List.of(), input.rowShape(), input));
      } else if (input.elements() == 1) {
        slots.add(new Slot(names.unique(input.name()), "", List.of(), List.of(), input));
      } else {
        String prefix = inputs.size() == 1 ? "x" : Names.feature(input.name()) + "_";
        for (int i = 1; i <= input.elements(); i++) {
          slots.add(new Slot(names.unique(prefix + i), "", List.of(), List.of(), input));
        }
      }
    }
    return new Layout(slots, false);
  }

  /**
   * Features for the columns of a table.
   *
   * @param labels the columns that are no features
   * @throws UnusableModelException if they don't fit the graph's inputs
   */
  static Layout of(CsvTable table, List<String> labels, List<InputTensor> inputs) {
    for (String label : labels) {
      if (!table.header().contains(label)) {
        throw new UnusableModelException(
            table.file().toString(),
            1,
            "there is no column `" + label + "`",
            "use one of " + table.header());
      }
    }
    List<Integer> columns =
        IntStream.range(0, table.header().size())
            .filter(column -> !labels.contains(table.header().get(column)))
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    return new Assignment(table, inputs).assign(columns);
  }

  private static boolean isTensor(InputTensor input, int mostFeatures) {
    boolean shaped = input.rowShape().size() > 1 && input.elements() > 1;
    return input.type() != ElementType.STRING && (shaped || input.elements() > mostFeatures);
  }

  /** The state of one assignment of columns to inputs. */
  private static final class Assignment {
    private final CsvTable table;
    private final List<InputTensor> inputs;
    private final Names names = new Names();
    private final List<Slot> slots = new ArrayList<>();

    Assignment(CsvTable table, List<InputTensor> inputs) {
      this.table = table;
      this.inputs = inputs;
    }

    Layout assign(List<Integer> columns) {
      List<InputTensor> open = new ArrayList<>(inputs);
      for (InputTensor input : inputs) {
        int column = input.elements() == 1 ? named(input, columns) : -1;
        if (column >= 0) {
          columns.remove(Integer.valueOf(column));
          open.remove(input);
          addColumn(column, input);
        }
      }
      int wanted = open.stream().mapToInt(InputTensor::elements).sum();
      boolean widens =
          open.size() == 1
              && columns.size() < wanted
              && !columns.isEmpty()
              && open.getFirst().type() != ElementType.STRING
              && open.getFirst().rowShape().size() == 1;
      if (columns.size() != wanted && !widens) {
        throw misfit(columns, wanted);
      }
      int next = 0;
      for (InputTensor input : open) {
        int count = widens ? columns.size() : input.elements();
        add(columns.subList(next, next + count), input, widens);
        next += count;
      }
      slots.sort(Comparator.comparingInt(slot -> slot.columns().getFirst()));
      return new Layout(slots, widens);
    }

    private int named(InputTensor input, List<Integer> columns) {
      for (int column : columns) {
        String header = table.header().get(column);
        if (Names.feature(header).equalsIgnoreCase(Names.feature(input.name()))) {
          return column;
        }
      }
      return -1;
    }

    private void add(List<Integer> columns, InputTensor input, boolean widens) {
      if (!widens && isTensor(input, MOST_FEATURES)) {
        slots.add(
            new Slot(names.unique(input.name()), input.name(), columns, input.rowShape(), input));
      } else {
        columns.forEach(column -> addColumn(column, input));
      }
    }

    private void addColumn(int column, InputTensor input) {
      String original = table.header().get(column);
      slots.add(new Slot(names.unique(original), original, List.of(column), List.of(), input));
    }

    private UnusableModelException misfit(List<Integer> columns, int wanted) {
      String graph =
          inputs.stream()
              .map(input -> input.name() + " " + input.rowShape())
              .collect(Collectors.joining(", "));
      return new UnusableModelException(
          table.file().toString(),
          1,
          "the graph takes "
              + wanted
              + " columns ("
              + graph
              + "), and the file has "
              + columns.size()
              + ": "
              + columns.stream()
                  .limit(20)
                  .map(table.header()::get)
                  .collect(Collectors.joining(", ")),
          "name each column that is no feature with --label, and give the columns the model was"
              + " trained on, in their order");
    }
  }
}
