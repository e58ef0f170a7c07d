"""Steady requests to one model while a version of 537 MB is loaded and warmed up beside it: what the requests notice."""

import json
import shutil
import threading
import time
import urllib.error
import urllib.request

from comparison.paths import ROOT, BenchFailure

from . import client, made
from .goals import Goal, median
from .subject import Subject

PER_SECOND = 500
BUDGET_MS = 50
LOADING_SECONDS = 45
POLL_SECONDS = 0.1
RISE = 0.2


def run(bench):
    rounds = [one_round(bench, number) for number in bench.numbers]
    figures = {"requestsPerSecond": PER_SECOND, "budgetMillis": BUDGET_MS,
               **{key: median(rounds, key) for key in rounds[0]}, "notServed": sum(one["notServed"] for one in rounds),
               "rounds": rounds}
    return figures, [
        Goal("rise of p99 while 537 MB are loaded, as a part of the budget", figures["rise"], at_most=RISE),
        Goal("requests meanwhile that were not served, all rounds", figures["notServed"], at_most=0, digits=0),
    ]


def one_round(bench, number):
    models = made.MODELS / "loading"
    shutil.rmtree(models, ignore_errors=True)
    shutil.copytree(ROOT / "models" / "breast-cancer" / "1", models / "breast-cancer" / "1")
    settings = (f"--evenkeel.models.path={models}",)
    with Subject(bench, "loading", settings=settings) as subject:
        options = {"warmup": (PER_SECOND, bench.warmup or 1), "deadline_ms": BUDGET_MS, "connections": 64}
        alone = client.open_loop(subject, steps=[(PER_SECOND, bench.short_seconds)], **options)
        before = alone["steps"][0]
        trace = subject.folder / "trace.csv"
        copied = made.version("heavy")
        loading = Loading(subject, copied, models)
        loading.start()
        client.open_loop(subject, steps=[(PER_SECOND, LOADING_SECONDS)], trace=trace,
                         **{**options, "warmup": (PER_SECOND, 1)})
        zero = time.monotonic() - LOADING_SECONDS
        loading.join(timeout=0)
        meanwhile = list(loading.within(trace, zero))
    served = sorted(latency for status, latency in meanwhile if status == 200)
    if not served:
        raise BenchFailure("no request was served while the model was loaded")
    p99 = served[int(0.99 * (len(served) - 1))]
    quiet = client.latency(before, 200, "p99")
    one = {"p99Before": quiet, "p99Meanwhile": round(p99, 2), "rise": round((p99 - quiet) / BUDGET_MS, 3),
           "loadSeconds": round(loading.seconds, 1), "requests": len(meanwhile),
           "notServed": len(meanwhile) - len(served) + before["due"] - client.count(before, 200)}
    bench.say(f"round {number}  p99 {quiet} ms before, {one['p99Meanwhile']} ms while 537 MB were loaded in "
              f"{one['loadSeconds']} s; {one['notServed']} of {one['requests']} not served", alone)
    return one


class Loading(threading.Thread):
    """Puts the heavy model's folder in its place, and notes from when to when it was loaded."""

    def __init__(self, subject, version, models):
        super().__init__(daemon=True)
        self.url = f"http://127.0.0.1:{subject.port}/v1/models/heavy/versions/1"
        self.version, self.models = version, models
        self.begun = self.ended = None

    def run(self):
        aside = self.models / ".heavy"
        shutil.copytree(self.version.parent, aside)
        # A second of the load generator's warm-up, and time to begin.
        time.sleep(4)
        self.begun = time.monotonic()
        aside.rename(self.models / "heavy")
        while self.state() not in ("ready", "failed"):
            time.sleep(POLL_SECONDS)
        self.ended = time.monotonic()
        if self.state() == "failed":
            raise BenchFailure("the heavy model can't be loaded")

    def state(self):
        try:
            with urllib.request.urlopen(self.url, timeout=10) as answer:
                return json.load(answer)["state"]
        except urllib.error.HTTPError:
            return "not there"

    @property
    def seconds(self):
        return self.ended - self.begun

    def within(self, trace, zero):
        """Status and latency of the requests that fell due while it was loaded.

        `zero` is when the generator began, to within the time it takes to end: a few hundred milliseconds.
        """
        if self.ended is None:
            raise BenchFailure("the load ended before the heavy model was ready")
        for _, status, due, latency in client.read_trace(trace):
            if self.begun <= zero + due / 1000 <= self.ended:
                yield status, latency
