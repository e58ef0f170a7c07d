"""An idle server: whether batching costs a lone request anything."""

import statistics
from contextlib import ExitStack

from comparison import turns

from . import client
from .goals import Goal, median
from .subject import Subject

RATE = 100
BUDGET_MS = 50
# So fast before that the generator's own code is compiled.
WARM_UP = (5000, 2)
SECONDS = 4
CONNECTIONS = 16
# A swing of the machine's speed, which is larger than what is looked for, must meet both servers.
SLICES = 12


def run(bench):
    with Subject(bench, "idle-on") as on, \
            Subject(bench, "idle-off", settings=["--evenkeel.admission.batching=false"]) as off:
        bench.say("warming up …")
        for subject in (on, off):
            client.closed_loop(subject, connections=8, seconds=bench.warmup or 1)
        rounds = [one_round(bench, number, {"On": on, "Off": off}) for number in bench.numbers]
    figures = {"rate": RATE, **{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    titles = {"closed": "one at a time", "open": f"{RATE}/s at random"}
    return figures, [
        Goal(f"p50 of lone requests with batching, of that without ({title})", figures[f"{way}Ratio"],
             at_least=0.95, at_most=1.05, digits=3)
        for way, title in titles.items()
    ]


def one_round(bench, number, subjects):
    one = {}
    for way, measure in (("closed", by_turns), ("open", at_once)):
        measured = measure(bench, number, subjects)
        found = {name: [client.latency(slice, 200, "p50") for slice in ones] for name, ones in measured.items()}
        for name, millis in found.items():
            one[f"{way}{name}Millis"] = statistics.median(millis)
        one[f"{way}Ratio"] = statistics.median(with_it / without for with_it, without in zip(found["On"], found["Off"], strict=True))
        bench.say(f"round {number}  {way} loop: p50 {one[f'{way}OnMillis']:.3f} ms with batching, {one[f'{way}OffMillis']:.3f} ms "
                  f"without ({one[f'{way}Ratio']:.3f})", *(slice for ones in measured.values() for slice in ones if "foreignCpu" in slice))
    return one


def by_turns(bench, number, subjects):
    """One caller, of one server and then of the other."""
    seconds = max(1, bench.short_seconds // SLICES)
    return turns.measured(number, list(subjects), SLICES,
                          lambda name: client.closed_loop(subjects[name], connections=1, seconds=seconds, warmup=1))


def at_once(bench, number, subjects):
    """Few requests to both servers in the same seconds, a generator each: from one second to the next p50 changes by half.

    What others take of the machine isn't told: to each of the two the other is one.
    """
    found = {name: [] for name in subjects}
    load = {"steps": [(RATE, min(SECONDS, bench.seconds))], "warmup": WARM_UP, "deadline_ms": BUDGET_MS, "connections": CONNECTIONS}
    for order in turns.orders(number, list(subjects), SLICES):
        with ExitStack() as running:
            finish = {name: running.enter_context(client.opened(subjects[name], **load)) for name in order}
            for name, end in finish.items():
                found[name].append(end()["steps"][0])
    return found
