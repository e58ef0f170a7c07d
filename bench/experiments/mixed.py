"""One caller's large batches, back to back, beside another's single requests: whether the singles keep their budget."""

from . import client
from .goals import Goal, median
from .subject import Subject

ROWS = 1000
SINGLES_PER_SECOND = 200
BUDGET_MS = 50


def run(bench):
    with Subject(bench, "mixed") as subject:
        bench.say("warming up …")
        both(subject, bench.warmup or 1)
        rounds = [one_round(bench, subject, number) for number in bench.numbers]
    figures = {"rows": ROWS, "singlesPerSecond": SINGLES_PER_SECOND, "budgetMillis": BUDGET_MS,
               **{key: median(rounds, key) for key in rounds[0] if key != "statuses"},
               "notServed": sum(one["notServed"] for one in rounds), "rounds": rounds}
    return figures, [
        Goal(f"p99 of single requests beside {ROWS}-row batches", figures["p99Millis"], at_most=BUDGET_MS, unit=" ms", digits=1),
        Goal("single requests beside them that were not served, all rounds", figures["notServed"], at_most=0, digits=0),
    ]


def one_round(bench, subject, number):
    singles, batches = both(subject, bench.seconds)
    one = {
        "p50Millis": client.latency(singles, 200, "p50"),
        "p99Millis": client.latency(singles, 200, "p99"),
        "maxMillis": client.latency(singles, 200, "max"),
        "singles": singles["due"],
        "notServed": singles["due"] - client.count(singles, 200),
        "batchesPerSecond": batches["goodPerSecond"],
        "rowsPerSecond": batches["goodPerSecond"] * ROWS,
        "batchP50Millis": client.latency(batches, 200, "p50"),
        "statuses": {status: answers["count"] for status, answers in singles["status"].items()},
    }
    bench.say(f"round {number}  {one['batchesPerSecond']:.1f} batches/s ({one['rowsPerSecond']:.0f} rows/s); singles p50 "
              f"{one['p50Millis']} ms, p99 {one['p99Millis']} ms, {one['notServed']} of {one['singles']} not served", batches)
    return one


def both(subject, seconds):
    """The batches start before the singles and end after them."""
    path = "/v1/predict/batch"
    options = {"connections": 1, "warmup": 1, "seconds": seconds + 3}
    with client.loop("ClosedLoop", subject, path, subject.batch_file(ROWS), None, options, seconds + 4) as batches:
        singles = client.open_loop(subject, steps=[(SINGLES_PER_SECOND, seconds)], warmup=(SINGLES_PER_SECOND, 1),
                                   deadline_ms=BUDGET_MS, connections=64)
        return singles["steps"][0], batches()
