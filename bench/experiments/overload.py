"""Far more requests than a compute-heavy model can answer: who is answered in time, who is refused, and how fast."""

import math
import statistics

from . import client, made
from .bench import cores
from .goals import Goal, median
from .subject import Subject

LOADS = (0.5, 0.8, 1, 2, 5, 10)
OVERLOADS = (2, 5, 10)
NORMAL = 0.5
CALM_SECONDS = 5
WINDOW_MS = 100
# Back to normal is who stays there for so many windows.
SETTLED_WINDOWS = 5
# More than are ever busy, and few enough that each is used before the server takes it for one that never will be (10 s).
CONNECTIONS = 128
WARM_UP_SECONDS = 3
# The generator needs the same cores. Woken for each request it took 6 % of them at ten times the load, by the tick 3 %.
TICK_MS = 1
HEAP_MIB = 512
# A capacity that changes by more while a load is on is no measure for it.
UNSTEADY = 0.1
# Callers for the capacity: as many as keep the cores busy for these parts of the budget.
CALLER_SHARES = (0.1, 0.25, 0.5, 0.75)
PAUSE_MS = 100

# What is told of a load: the median of its rounds, or the worst.
MEDIANS = ("perSecond", "goodput", "admitted", "admittedInTime", "refusedShare", "p50Millis", "p99Millis", "p999Millis",
           "refusalP50Millis", "refusalP99Millis", "sentLateP99Millis")
WORST = ("mostWaiting", "broken", "unanswered")


def run(bench):
    settings = [f"--evenkeel.admission.single-budget={bench.budget_ms}ms"]
    with Subject(bench, "overload", model="deep", settings=settings, heap_mib=HEAP_MIB) as subject:
        costs = measure_costs(bench, subject)
        ideal = cores() * 1000 / costs["rowMillis"]
        bench.say("warming up at ten times the load …")
        client.open_loop(subject, steps=[(10 * ideal, bench.warmup or 1)], deadline_ms=bench.budget_ms, connections=CONNECTIONS,
                         tick_ms=TICK_MS)
        best_capacity(bench, subject, ideal)
        memory = [subject.memory()]
        rounds = []
        for number in bench.numbers:
            rounds.append(one_round(bench, subject, number, ideal))
            memory.append(subject.memory())
            bench.say(f"round {number}  {memory[-1]['heapMiB']:.0f} MiB of live heap, {memory[-1]['nativeMiB']:.0f} MiB native")
    figures = {
        "budgetMillis": bench.budget_ms,
        "connections": CONNECTIONS,
        "tickMillis": TICK_MS,
        "costs": costs,
        "capacityPerSecond": median(rounds, "capacityPerSecond"),
        "lowestCapacityPerSecond": min(one["lowestCapacityPerSecond"] for one in rounds),
        "highestCapacityPerSecond": max(one["highestCapacityPerSecond"] for one in rounds),
        "idealPerSecond": round(ideal, 1),
        "loads": [summary(load, rounds) for load in LOADS],
        "refusalTakesMicros": round(statistics.median(taken_by_a_refusal(one["loads"][OVERLOADS[-1]], costs) for one in rounds), 1),
        "recoverySeconds": {str(load): median([one["loads"][load] for one in rounds], "recoverySeconds") for load in OVERLOADS},
        "memory": memory,
        "heapGrowth": memory[-1]["heapMiB"] / memory[0]["heapMiB"] - 1,
        "nativeGrowth": memory[-1]["nativeMiB"] / memory[0]["nativeMiB"] - 1,
        "rounds": rounds,
    }
    return figures, goals(figures)


def measure_costs(bench, subject):
    """CPU time of a row's run in a plain loop on one core, and of a refusal in the server."""
    runs = made.plain_loop("deep", [1, 8], threads=1, seconds=2)
    hopeless = {"connections": 8, "deadline_ms": 1}
    client.closed_loop(subject, seconds=bench.warmup or 1, **hopeless)
    start = subject.cpu_seconds()
    refused = client.closed_loop(subject, seconds=bench.short_seconds, **hopeless)
    spent = subject.cpu_seconds() - start
    costs = {
        "rowMillis": round(runs[1]["cpuMillis"], 3),
        "rowOfEightMillis": round(runs[8]["cpuMillis"] / 8, 3),
        "refusalMicros": round(spent / max(1, client.count(refused, 503)) * 1e6, 1),
        "refusalStatuses": {status: one["count"] for status, one in refused["status"].items()},
    }
    costs["refusalShare"] = costs["refusalMicros"] / 1000 / costs["rowMillis"]
    bench.say(f"a row costs {costs['rowMillis']:.1f} ms, in company of eight {costs['rowOfEightMillis']:.1f} ms; "
              f"a refusal {costs['refusalMicros']:.0f} µs (answers {costs['refusalStatuses']})", refused)
    return costs


def best_capacity(bench, subject, ideal):
    """The most answers within the deadline that any number of callers gets, each with one request at a time."""
    best = None
    for share in CALLER_SHARES:
        callers = max(cores(), round(share * ideal * bench.budget_ms / 1000))
        one = capacity_of(bench, subject, callers)
        if best is None or one["goodPerSecond"] > best["goodPerSecond"]:
            best = one
    return best


def capacity_of(bench, subject, callers):
    """Refused callers take a rest: coming back at once, they'd measure how fast the server refuses."""
    one = client.closed_loop(subject, connections=callers, seconds=bench.short_seconds, warmup=1, pause_ms=PAUSE_MS,
                             deadline_ms=bench.budget_ms)
    bench.say(f"  {callers:3} callers: {one['goodPerSecond']:.1f}/s in time, {client.count(one, 503)} refused", one)
    return one


def one_round(bench, subject, number, ideal):
    """Each load between two looks at the capacity, since the machine's speed changes within minutes."""
    best = best_capacity(bench, subject, ideal)
    capacities = [best["goodPerSecond"]]
    loads = {}
    for load in LOADS:
        before = capacities[-1]
        measured = measure(bench, subject, load, before)
        after = capacity_of(bench, subject, best["connections"])["goodPerSecond"]
        capacities.append(after)
        one = figures_of(measured, load, (before + after) / 2)
        back = ""
        if load in OVERLOADS:
            one["recoverySeconds"] = recovery_after(trace_of(subject), bench.seconds, loads[NORMAL]["p99Millis"])
            back = f"; normal after {one['recoverySeconds']} s"
        loads[load] = one
        bench.say(f"round {number}  capacity {before:.1f}/s, then {after:.1f}/s; {line(one)}{back}; generator's event loop used "
                  f"{measured['eventLoopCores']:.2f} cores", measured)
        if abs(after / before - 1) > UNSTEADY:
            bench.say(f"round {number}  UNSTEADY: the capacity changed meanwhile. Don't believe this load.")
    return {"capacityPerSecond": statistics.median(capacities), "lowestCapacityPerSecond": min(capacities),
            "highestCapacityPerSecond": max(capacities), "loads": loads}


def measure(bench, subject, load, capacity):
    """One load, and after an overload the normal one for a while."""
    steps = [(load * capacity, bench.seconds)]
    if load in OVERLOADS:
        steps.append((NORMAL * capacity, CALM_SECONDS))
    return client.open_loop(subject, steps=steps, warmup=(NORMAL * capacity, WARM_UP_SECONDS), deadline_ms=bench.budget_ms,
                            connections=CONNECTIONS, trace=trace_of(subject), tick_ms=TICK_MS)


def trace_of(subject):
    return subject.folder / "trace.csv"


def figures_of(measured, load, capacity):
    """One load's figures. Whatever was not refused counts as let in, also what got no answer."""
    step = measured["steps"][0]
    refused = client.count(step, 503)
    admitted = step["due"] - refused
    return {
        "load": load,
        "capacity": capacity,
        "perSecond": step["perSecond"],
        "goodput": step["goodPerSecond"] / capacity,
        "admitted": admitted,
        "admittedInTime": step["good"] / admitted if admitted else None,
        "refusedShare": refused / step["due"],
        "p50Millis": client.latency(step, 200, "p50"),
        "p99Millis": client.latency(step, 200, "p99"),
        "p999Millis": client.latency(step, 200, "p999"),
        "refusalP50Millis": client.latency(step, 503, "p50"),
        "refusalP99Millis": client.latency(step, 503, "p99"),
        "statuses": {status: one["count"] for status, one in step["status"].items()},
        "broken": step["broken"],
        "unanswered": step["unanswered"],
        "mostWaiting": step["mostWaiting"],
        "sentLateP99Millis": step["sendLagMillis"]["p99"],
        "generatorCores": measured["generatorCores"],
        "foreignCpu": measured["foreignCpu"],
    }


def taken_by_a_refusal(one, costs):
    """What a refusal takes from the runs, in µs of one core: the server's, the generator's and the kernel's work on it, and the caches.

    Never less than the server's own.
    """
    lost_rows = (1 - one["goodput"]) * one["capacity"]
    return max(costs["refusalMicros"], lost_rows * costs["rowMillis"] * 1000 / (one["refusedShare"] * one["perSecond"]))


def line(one):
    def millis(key):
        return "none" if one[key] is None else f"{one[key]:.1f} ms"

    short = f", SHORT OF CONNECTIONS by {one['mostWaiting']}" if one["mostWaiting"] else ""
    in_time = "none" if one["admittedInTime"] is None else f"{one['admittedInTime']:.2%}"
    return (f"load {one['load']:4.1f}: goodput {one['goodput']:.2f}, let in {one['admitted']} ({in_time} in time), refused "
            f"{one['refusedShare']:.0%}; p50 {millis('p50Millis')}, p99 {millis('p99Millis')}, refusals' p99 "
            f"{millis('refusalP99Millis')}; sent late by p99 {one['sentLateP99Millis']:.1f} ms{short}")


def recovery_after(trace, seconds, normal_millis):
    """How long after the end of an overload of so many seconds latency is normal again: in s, None where it never was."""
    windows = {}
    for step, status, due, latency in client.read_trace(trace):
        if step == 1:
            window = int((due - seconds * 1000) // WINDOW_MS)
            windows.setdefault(window, []).append(latency if status == 200 else math.inf)
    return settled_after(windows, normal_millis)


def settled_after(windows, normal_millis):
    """The start of the first windows in a row whose medians are no worse than the usual 99th percentile.

    Who was not served counts as infinitely late; a window without requests as normal.
    """
    if normal_millis is None:
        return None
    last = CALM_SECONDS * 1000 // WINDOW_MS
    normal = [statistics.median(windows.get(window, [0.0])) <= normal_millis for window in range(last)]
    for window in range(last - SETTLED_WINDOWS + 1):
        if all(normal[window : window + SETTLED_WINDOWS]):
            return window * WINDOW_MS / 1000
    return None


def summary(load, rounds):
    """Medians of the rounds; of mishaps, the worst round's."""
    ones = [one["loads"][load] for one in rounds]
    return {"load": load, **{key: median(ones, key) for key in MEDIANS}, **{key: max(one[key] for one in ones) for key in WORST}}


def goals(figures):
    by_load = {one["load"]: one for one in figures["loads"]}
    lines = [Goal("a refusal's CPU time, of a row's run", 100 * figures["costs"]["refusalShare"], at_most=1, unit=" %")]
    for load in OVERLOADS:
        one = by_load[load]
        in_time = None if one["admittedInTime"] is None else 100 * one["admittedInTime"]
        lines += [
            Goal(f"goodput at {load} times capacity, of capacity", one["goodput"], at_least=0.95),
            Goal(f"let in at {load} times capacity and answered in time", in_time, at_least=99.9, unit=" %"),
            Goal(f"refusals' p99 at {load} times capacity", one["refusalP99Millis"], at_most=10, unit=" ms", digits=1),
        ]
    known = [seconds for seconds in figures["recoverySeconds"].values() if seconds is not None]
    recovery = max(known) if len(known) == len(OVERLOADS) else None
    return lines + [
        Goal("latency is normal again after the overload, the slowest", recovery, at_most=1, unit=" s", digits=1),
        Goal("live heap grew by", 100 * figures["heapGrowth"], at_most=10, unit=" %", digits=1),
        Goal("native memory grew by", 100 * figures["nativeGrowth"], at_most=10, unit=" %", digits=1),
    ]
