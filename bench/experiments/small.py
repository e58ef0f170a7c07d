"""A thousand callers on the bundled small model, where HTTP itself is the limit: how many get an answer in time."""

from comparison import load, machine

from . import client
from .goals import Goal, median
from .subject import Subject

FEW, MANY = load.CONNECTIONS, 1000
DEADLINE_MS = 20


def run(bench):
    with Subject(bench, "small") as subject:
        bench.say("warming up …")
        client.closed_loop(subject, connections=FEW, seconds=bench.warmup or 1)
        client.closed_loop(subject, connections=MANY, seconds=bench.warmup or 1, deadline_ms=DEADLINE_MS)
        rounds = [one_round(bench, subject, number) for number in bench.numbers]
    figures = {
        "deadlineMillis": DEADLINE_MS,
        **{key: median(rounds, key) for key in rounds[0] if key != "statuses"},
        "rounds": rounds,
    }
    return figures, [Goal(f"in time with {MANY} connections, of the capacity with {FEW}", figures["ratio"], at_least=0.8)]


def one_round(bench, subject, number):
    few = client.closed_loop(subject, connections=FEW, seconds=bench.short_seconds, warmup=1)
    wrk = by_wrk(bench, subject)
    many = client.closed_loop(subject, connections=MANY, seconds=bench.short_seconds, warmup=2, deadline_ms=DEADLINE_MS)
    one = {
        "capacityPerSecond": few["goodPerSecond"],
        "goodPerSecond": many["goodPerSecond"],
        "ratio": many["goodPerSecond"] / few["goodPerSecond"],
        "wrkPerSecond": wrk,
        "p99Millis": client.latency(many, 200, "p99"),
        "refusalP99Millis": client.latency(many, 503, "p99"),
        "eventLoopCores": many["eventLoopCores"],
        "statuses": {status: answers["count"] for status, answers in many["status"].items()},
    }
    bench.say(f"round {number}  {FEW} connections {one['capacityPerSecond']:.0f}/s (by wrk {one['wrkPerSecond'] or 'not'}), {MANY} "
              f"connections {one['goodPerSecond']:.0f}/s in time ({one['ratio']:.2f}); answers {one['statuses']}, generator's event "
              f"loop used {one['eventLoopCores']:.2f} cores", few, many)
    return one


def by_wrk(bench, subject):
    """Answers/s to the same load by wrk, to know whether our own generator is a fair one. None where there is no wrk."""
    if not machine.first_line("wrk", "--version"):
        return None
    counted = load.run(subject, bench.short_seconds)
    return round(counted["requests"] / counted["seconds"], 1)
