"""Evenkeel with settings that are compared at saturation, by turns."""

import statistics

from comparison import load, warmup
from comparison.turns import SLICE_SECONDS, in_turn

# A stall of the machine makes refusals within the usual budget; what is measured here is throughput and latency.
WIDE = ("--evenkeel.admission.single-budget=10s",)
SHORTEST_WARMUP = 60
SLICES = 12


def warm_up(bench, subjects, connections=load.CONNECTIONS):
    """Loads each until its compilers rest."""
    for subject in subjects.values():
        bench.say(warmup.until_compilers_rest(subject, max(bench.warmup, SHORTEST_WARMUP), connections))


def one_round(number, subjects, connections=load.CONNECTIONS):
    """Medians of each subject's slices by its name, and all that was measured."""
    slices = {name: [] for name in subjects}
    for name in in_turn(number, list(subjects), SLICES):
        slices[name].append(load.wrk(subjects[name], SLICE_SECONDS, connections))
    medians = {name: {key: statistics.median(one[key] for one in measured) for key in ("requestsPerSecond", "p99Millis")}
               for name, measured in slices.items()}
    return medians, [one for measured in slices.values() for one in measured]
