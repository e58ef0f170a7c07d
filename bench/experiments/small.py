"""A thousand callers on the bundled small model, where HTTP itself is the limit: how many get an answer in time."""

import statistics

from comparison import load, machine, warmup
from comparison.turns import measured

from . import client
from .goals import Goal, median
from .slices import SHORTEST_WARMUP
from .subject import Subject

FEW, MANY = load.CONNECTIONS, 1000
DEADLINE_MS = 20
# By turns: the machine's speed may change by a third from one ten seconds to the next.
TURNS, SLICE_SECONDS = 5, 4
# A slice has a generator of its own, whose code must be compiled first.
GENERATOR_WARMUP = 2


def run(bench):
    with Subject(bench, "small") as subject:
        bench.say(warmup.until_compilers_rest(subject, max(bench.warmup, SHORTEST_WARMUP), both_loads))
        rounds = [one_round(bench, subject, number) for number in bench.numbers]
    figures = {
        "deadlineMillis": DEADLINE_MS,
        **{key: median(rounds, key) for key in rounds[0] if key != "statuses"},
        "rounds": rounds,
    }
    return figures, [Goal(f"in time with {MANY} connections, of the capacity with {FEW}", figures["ratio"], at_least=0.8)]


def both_loads(subject, seconds):
    of_few(subject, seconds // 2)
    of_many(subject, seconds // 2)


def of_few(subject, seconds):
    return client.closed_loop(subject, connections=FEW, seconds=seconds, warmup=GENERATOR_WARMUP)


def of_many(subject, seconds):
    return client.closed_loop(subject, connections=MANY, seconds=seconds, warmup=GENERATOR_WARMUP, deadline_ms=DEADLINE_MS)


def one_round(bench, subject, number):
    seconds = min(SLICE_SECONDS, bench.seconds)
    found = measured(number, [of_few, of_many], TURNS, lambda load_by: load_by(subject, seconds))
    few, many = found[of_few], found[of_many]
    ratios = [mine["goodPerSecond"] / its["goodPerSecond"] for mine, its in zip(many, few, strict=True)]
    one = {
        "capacityPerSecond": median(few, "goodPerSecond"),
        "goodPerSecond": median(many, "goodPerSecond"),
        "ratio": statistics.median(ratios),
        "wrkPerSecond": by_wrk(bench, subject),
        "p99Millis": statistics.median(client.latency(slice_, 200, "p99") for slice_ in many),
        "eventLoopCores": median(many, "eventLoopCores"),
        "statuses": {status: sum(client.count(slice_, status) for slice_ in many)
                     for status in sorted({status for slice_ in many for status in slice_["status"]})},
    }
    bench.say(f"round {number}  {FEW} connections {one['capacityPerSecond']:.0f}/s (by wrk {one['wrkPerSecond'] or 'not'}), {MANY} "
              f"connections {one['goodPerSecond']:.0f}/s in time ({one['ratio']:.2f}; {' '.join(f'{ratio:.2f}' for ratio in sorted(ratios))}); "
              f"answers {one['statuses']}, generator's event loop used {one['eventLoopCores']:.2f} cores", *few, *many)
    return one


def by_wrk(bench, subject):
    """Answers/s to the same load by wrk, to know whether our own generator is a fair one. None where there is no wrk."""
    if not machine.first_line("wrk", "--version"):
        return None
    counted = load.run(subject, bench.short_seconds)
    return round(counted["requests"] / counted["seconds"], 1)
