"""Servers that are compared at saturation, by turns, in slices so short that a swing of the machine's speed meets all of them."""

import statistics

from comparison import load, warmup

# A stall of the machine makes refusals within the usual budget; what is measured here is throughput and latency.
WIDE = ("--evenkeel.admission.single-budget=10s",)
SHORTEST_WARMUP = 60
SLICES = 12
SECONDS = 2


def warm_up(bench, subjects, connections=load.CONNECTIONS):
    """Loads each until its compilers rest."""
    for subject in subjects.values():
        bench.say(warmup.until_compilers_rest(subject, max(bench.warmup, SHORTEST_WARMUP), connections))


def orders(number, names, turns):
    """The names in an order for each turn; who comes first changes from turn to turn."""
    for turn in range(number, number + turns):
        first = turn % len(names)
        yield names[first:] + names[:first]


def in_turn(number, names, turns):
    """The names, so many times, in those orders."""
    for order in orders(number, names, turns):
        yield from order


def one_round(number, subjects, connections=load.CONNECTIONS):
    """Medians of each subject's slices by its name, and all that was measured."""
    slices = {name: [] for name in subjects}
    for name in in_turn(number, list(subjects), SLICES):
        slices[name].append(load.wrk(subjects[name], SECONDS, connections))
    medians = {name: {key: statistics.median(one[key] for one in measured) for key in ("requestsPerSecond", "p99Millis")}
               for name, measured in slices.items()}
    return medians, [one for measured in slices.values() for one in measured]
