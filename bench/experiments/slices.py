"""Servers that are compared at saturation, by turns, in slices so short that a swing of the machine's speed meets all of them."""

import statistics

from comparison import load

# A stall of the machine makes refusals within the usual budget; what is measured here is throughput and latency.
WIDE = ("--evenkeel.admission.single-budget=10s",)
SHORTEST_WARMUP = 60
LONGEST_WARMUP = 420
WARMUP_STEP = 10
# Compilers that take less of a processor than this, so many steps in a row, are done.
QUIET = 0.01
QUIET_STEPS = 3
SLICES = 12
SECONDS = 2


def warm_up(bench, subjects, connections=load.CONNECTIONS):
    """Loads each until its compilers rest: what is measured is what code costs, not what it costs to compile it."""
    for subject in subjects.values():
        seconds = quiet = 0
        while seconds < LONGEST_WARMUP and (quiet < QUIET_STEPS or seconds < max(bench.warmup, SHORTEST_WARMUP)):
            before = subject.compiler_seconds()
            load.warm_up(subject, WARMUP_STEP, connections)
            busy = (subject.compiler_seconds() - before) / WARMUP_STEP
            quiet = quiet + 1 if busy < QUIET else 0
            seconds += WARMUP_STEP
        bench.say(f"{subject.title}: warmed up for {seconds} s, the compilers take {busy:.1%} of a processor")


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
