"""The same requests with and without all that watches them: drift, feedback, shifts of importance, a line for some."""

from . import slices
from .goals import Goal, median
from .subject import Subject

OFF = (*slices.WIDE, "--evenkeel.drift.enabled=false", "--evenkeel.feedback.max-predictions=0", "--evenkeel.importance.rows-per-minute=0",
       "--evenkeel.warnings.reference=false", "--evenkeel.slo.objectives=", "--evenkeel.request-log.failure-rate=0")
ON = (*slices.WIDE, "--evenkeel.request-log.rate=0.001")
COST = 0.95
SLOWER = 1.05


def run(bench):
    rounds = [one_round(bench, number) for number in bench.numbers]
    figures = {**{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("throughput with the observers, of that without", figures["throughput"], at_least=COST, digits=3),
        Goal("p99 with the observers, of that without", figures["p99"], at_most=SLOWER),
    ]


def one_round(bench, number):
    """With servers of its own: what the compiler makes of one differs by more than what is measured."""
    with Subject(bench, "observed", settings=ON) as on, Subject(bench, "unobserved", settings=OFF) as off:
        subjects = {"on": on, "off": off}
        slices.warm_up(bench, subjects)
        medians, measured = slices.one_round(number, subjects)
    on, off = medians["on"], medians["off"]
    one = {"requestsPerSecondOn": on["requestsPerSecond"], "requestsPerSecondOff": off["requestsPerSecond"],
           "p99On": on["p99Millis"], "p99Off": off["p99Millis"],
           "throughput": round(on["requestsPerSecond"] / off["requestsPerSecond"], 3), "p99": round(on["p99Millis"] / off["p99Millis"], 3)}
    bench.say(f"round {number}  {one['requestsPerSecondOn']:.0f}/s watched, {one['requestsPerSecondOff']:.0f}/s not "
              f"({one['throughput']}), p99 {one['p99On']:.2f} and {one['p99Off']:.2f} ms ({one['p99']})", *measured)
    return one
