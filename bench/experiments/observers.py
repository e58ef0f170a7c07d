"""The same requests with and without all that watches them: drift, feedback, shifts of importance, a line for some."""

import statistics

from comparison import load

from .goals import Goal, median
from .subject import Subject

# A stall of the machine makes refusals within the usual budget; what is measured here is throughput and latency.
WIDE = ("--evenkeel.admission.single-budget=10s",)
OFF = (*WIDE, "--evenkeel.drift.enabled=false", "--evenkeel.feedback.max-predictions=0", "--evenkeel.importance.rows-per-minute=0",
       "--evenkeel.warnings.reference=false", "--evenkeel.slo.objectives=", "--evenkeel.request-log.failure-rate=0")
ON = (*WIDE, "--evenkeel.request-log.rate=0.001")
COST = 0.95
# Until then the compiler works on the observers, beside the load.
SHORTEST_WARMUP = 60
SLICES = 10
SLICE_SECONDS = 2
SLOWER = 1.05


def run(bench):
    with Subject(bench, "observed", settings=ON) as on, Subject(bench, "unobserved", settings=OFF) as off:
        bench.say("warming up …")
        for subject in (on, off):
            load.warm_up(subject, max(bench.warmup, SHORTEST_WARMUP))
        rounds = [one_round(bench, number, {"On": on, "Off": off}) for number in bench.numbers]
    figures = {**{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("throughput with the observers, of that without", figures["throughput"], at_least=COST, digits=3),
        Goal("p99 with the observers, of that without", figures["p99"], at_most=SLOWER),
    ]


def one_round(bench, number, subjects):
    """Both servers by turns, in slices so short that a swing of the machine's speed meets both."""
    slices = {name: [] for name in subjects}
    for turn in range(number, number + SLICES):
        for name in list(subjects)[:: 1 if turn % 2 else -1]:
            slices[name].append(load.wrk(subjects[name], SLICE_SECONDS))
    one = {f"{key}{name}": round(statistics.median(part[of] for part in parts), 2)
           for name, parts in slices.items() for key, of in (("requestsPerSecond", "requestsPerSecond"), ("p99", "p99Millis"))}
    one |= {key: round(one[f"{of}On"] / one[f"{of}Off"], 3) for key, of in (("throughput", "requestsPerSecond"), ("p99", "p99"))}
    bench.say(f"round {number}  {one['requestsPerSecondOn']:.0f}/s watched, {one['requestsPerSecondOff']:.0f}/s not "
              f"({one['throughput']}), p99 {one['p99On']:.2f} and {one['p99Off']:.2f} ms ({one['p99']})",
              *slices["On"], *slices["Off"])
    return one
