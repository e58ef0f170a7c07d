"""An idle server: whether batching costs a lone request anything."""

import statistics

from . import client, slices
from .goals import Goal, median
from .subject import Subject

RATE = 100
BUDGET_MS = 50
WAYS = ("closed", "open")
# So short that a swing of the machine's speed, which is larger than what is looked for, meets both servers.
SLICES = 5


def run(bench):
    with Subject(bench, "idle-on") as on, \
            Subject(bench, "idle-off", settings=["--evenkeel.admission.batching=false"]) as off:
        bench.say("warming up …")
        for subject in (on, off):
            client.closed_loop(subject, connections=8, seconds=bench.warmup or 1)
        rounds = [one_round(bench, number, on, off) for number in bench.numbers]
    figures = {"rate": RATE, **{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    titles = {"closed": "one at a time", "open": f"{RATE}/s at random"}
    return figures, [
        Goal(f"p50 of lone requests with batching, of that without ({titles[way]})", figures[f"{way}Ratio"],
             at_least=0.95, at_most=1.05, digits=3)
        for way in WAYS
    ]


def one_round(bench, number, on, off):
    subjects = {"On": on, "Off": off}
    one = {}
    for way in WAYS:
        measured, found = [], {name: [] for name in subjects}
        for name in slices.in_turn(number, list(subjects), SLICES):
            measured.append(lone_requests(bench, way, subjects[name]))
            found[name].append(client.latency(measured[-1], 200, "p50"))
        for name, millis in found.items():
            one[f"{way}{name}Millis"] = statistics.median(millis)
        one[f"{way}Ratio"] = one[f"{way}OnMillis"] / one[f"{way}OffMillis"]
        bench.say(f"round {number}  {way} loop: p50 {one[f'{way}OnMillis']:.3f} ms with batching, {one[f'{way}OffMillis']:.3f} ms "
                  f"without ({one[f'{way}Ratio']:.3f})", *measured)
    return one


def lone_requests(bench, way, subject):
    seconds = max(1, bench.short_seconds // SLICES)
    if way == "closed":
        return client.closed_loop(subject, connections=1, seconds=seconds, warmup=1)
    steps = {"steps": [(RATE, seconds)], "warmup": (RATE, 1)}
    measured = client.open_loop(subject, **steps, deadline_ms=BUDGET_MS, connections=16)
    return {**measured, **measured["steps"][0]}
