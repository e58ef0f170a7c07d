"""The same requests with and without all that watches them: drift, feedback, shifts of importance, a line for some."""

import statistics

from . import client, slices
from .goals import Goal, median
from .subject import Subject

OFF = (*slices.WIDE, "--evenkeel.drift.enabled=false", "--evenkeel.feedback.max-predictions=0", "--evenkeel.importance.rows-per-minute=0",
       "--evenkeel.warnings.reference=false", "--evenkeel.slo.objectives=", "--evenkeel.request-log.failure-rate=0")
ON = (*slices.WIDE, "--evenkeel.request-log.rate=0.001")
COST = 0.95
SLOWER = 1.05
# A rate that either server carries at less than half of what two cores can do, the generator's part included.
CALM_RATE = 10_000
CALM_SECONDS = 3
CALM_SLICES = 8
CALM_CONNECTIONS = 64


def run(bench):
    rounds = [one_round(bench, number) for number in bench.numbers]
    figures = {**{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("throughput with the observers, of that without", figures["throughput"], at_least=COST, digits=3),
        Goal(f"p99 with the observers at {CALM_RATE} requests a second, of that without", figures["calmP99"], at_most=SLOWER),
        Goal("p99 with the observers at saturation, of that without", figures["p99"], at_most=SLOWER),
    ]


def one_round(bench, number):
    """With servers of its own: what the compiler makes of one differs by more than what is measured."""
    with Subject(bench, "observed", settings=ON) as on, Subject(bench, "unobserved", settings=OFF) as off:
        subjects = {"on": on, "off": off}
        slices.warm_up(bench, subjects)
        medians, measured = slices.one_round(number, subjects)
        calm, measured_calm = calm_p99(number, subjects)
    on, off = medians["on"], medians["off"]
    one = {"requestsPerSecondOn": on["requestsPerSecond"], "requestsPerSecondOff": off["requestsPerSecond"],
           "p99On": on["p99Millis"], "p99Off": off["p99Millis"], "calmP99On": calm["on"], "calmP99Off": calm["off"],
           "throughput": round(on["requestsPerSecond"] / off["requestsPerSecond"], 3), "p99": round(on["p99Millis"] / off["p99Millis"], 3),
           "calmP99": round(calm["on"] / calm["off"], 3)}
    bench.say(f"round {number}  {one['requestsPerSecondOn']:.0f}/s watched, {one['requestsPerSecondOff']:.0f}/s not "
              f"({one['throughput']}), p99 {one['p99On']:.2f} and {one['p99Off']:.2f} ms ({one['p99']}); at {CALM_RATE}/s p99 "
              f"{one['calmP99On']:.2f} and {one['calmP99Off']:.2f} ms ({one['calmP99']})", *measured, *measured_calm)
    return one


def calm_p99(number, subjects):
    """Medians in ms. Beyond saturation p99 is mostly the wait for a processor, and grows by more than what is waited for."""
    slices_of = {name: [] for name in subjects}
    load = {"warmup": (CALM_RATE, 1), "steps": [(CALM_RATE, CALM_SECONDS)], "deadline_ms": None, "connections": CALM_CONNECTIONS}
    for name in slices.in_turn(number, list(subjects), CALM_SLICES):
        slices_of[name].append(client.open_loop(subjects[name], **load))
    medians = {name: statistics.median(client.latency(one["steps"][0], 200, "p99") for one in measured)
               for name, measured in slices_of.items()}
    return medians, [one for measured in slices_of.values() for one in measured]
