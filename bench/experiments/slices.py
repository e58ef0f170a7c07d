"""Evenkeel with settings that are compared at saturation, by turns."""

import statistics
from functools import partial

from comparison import load, warmup
from comparison.turns import SLICE_SECONDS, measured

# A stall of the machine makes refusals within the usual budget; what is measured here is throughput and latency.
WIDE = ("--evenkeel.admission.single-budget=10s",)
SHORTEST_WARMUP = 60
SLICES = 12


def warm_up(bench, subjects, connections=load.CONNECTIONS, calm=warmup.Calm()):
    """Loads each until its compilers rest."""
    for subject in subjects.values():
        under = partial(load.warm_up, connections=connections)
        bench.say(warmup.until_compilers_rest(subject, max(bench.warmup, SHORTEST_WARMUP), under, calm))


def one_round(number, subjects, connections=load.CONNECTIONS):
    """Medians of each subject's slices by its name, and all that was measured."""
    slices = measured(number, list(subjects), SLICES, lambda name: load.wrk(subjects[name], SLICE_SECONDS, connections))
    medians = {name: {key: statistics.median(one[key] for one in ones) for key in ("requestsPerSecond", "p99Millis")}
               for name, ones in slices.items()}
    return medians, [one for ones in slices.values() for one in ones]
