"""The same requests with and without all that watches them: drift, feedback, shifts of importance, a line for some."""

from comparison import load

from .goals import Goal, median
from .subject import Subject

OFF = ("--evenkeel.drift.enabled=false", "--evenkeel.feedback.max-predictions=0", "--evenkeel.importance.rows-per-minute=0",
       "--evenkeel.warnings.reference=false", "--evenkeel.slo.objectives=", "--evenkeel.request-log.failure-rate=0")
ON = ("--evenkeel.request-log.rate=0.001",)
COST = 0.95
# Until then the compiler works on the observers, beside the load.
SHORTEST_WARMUP = 40
SLOWER = 1.05


def run(bench):
    with Subject(bench, "observed", settings=ON) as on, Subject(bench, "unobserved", settings=OFF) as off:
        bench.say("warming up …")
        for subject in (on, off):
            load.warm_up(subject, max(bench.warmup, SHORTEST_WARMUP))
        rounds = [one_round(bench, number, on, off) for number in bench.numbers]
    figures = {**{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("throughput with the observers, of that without", figures["throughput"], at_least=COST, digits=3),
        Goal("p99 with the observers, of that without", figures["p99"], at_most=SLOWER),
    ]


def one_round(bench, number, on, off):
    """Both servers in turn; who comes first changes from round to round."""
    measured = {}
    for name, subject in (("on", on), ("off", off))[:: 1 if number % 2 else -1]:
        measured[name] = load.wrk(subject, bench.short_seconds)
    one = {"requestsPerSecondOn": measured["on"]["requestsPerSecond"], "requestsPerSecondOff": measured["off"]["requestsPerSecond"],
           "p99On": measured["on"]["p99Millis"], "p99Off": measured["off"]["p99Millis"]}
    one["throughput"] = round(one["requestsPerSecondOn"] / one["requestsPerSecondOff"], 3)
    one["p99"] = round(one["p99On"] / one["p99Off"], 3)
    bench.say(f"round {number}  {one['requestsPerSecondOn']:.0f}/s watched, {one['requestsPerSecondOff']:.0f}/s not "
              f"({one['throughput']}), p99 {one['p99On']:.2f} and {one['p99Off']:.2f} ms", *measured.values())
    return one
