"""Servers that are loaded by turns, in slices so short that a swing of the machine's speed meets all of them."""

SLICE_SECONDS = 2


def orders(number, names, turns):
    """The names in an order for each turn; who comes first changes from turn to turn."""
    for turn in range(number, number + turns):
        first = turn % len(names)
        yield names[first:] + names[:first]


def measured(number, names, turns, measure):
    """What `measure` found of each name, turn by turn."""
    found = {name: [] for name in names}
    for order in orders(number, names, turns):
        for name in order:
            found[name].append(measure(name))
    return found
