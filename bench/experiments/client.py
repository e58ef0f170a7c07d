"""The load generators in bench/src, each a process of its own, and what they count."""

import contextlib
import csv
import json
import subprocess

from comparison import servers
from comparison.machine import ForeignCpu
from comparison.paths import BenchFailure

# What a generator may take to start, and to wait for the last answers.
SLACK_SECONDS = 60


def closed_loop(subject, *, connections, seconds, warmup=0, pause_ms=0, deadline_ms=None):
    """Callers that send their next request when the last is answered, or after a pause if it was not served."""
    options = {"connections": connections, "seconds": seconds, "warmup": warmup, "pause-ms": pause_ms}
    with loop("ClosedLoop", subject, "/v1/predict", None, deadline_ms, options, seconds + warmup) as finish:
        return finish()


def open_loop(subject, **load):
    """See `opened`. Returns the counts of each step."""
    with opened(subject, **load) as finish:
        return finish()


def opened(subject, *, steps, deadline_ms, connections, warmup=None, trace=None, tick_ms=0):
    """Steps of (requests/s, seconds), Poisson, under way."""
    options = {"connections": connections, "steps": ",".join(map(step, steps)), "tick-ms": tick_ms}
    if warmup:
        options["warmup"] = step(warmup)
    if trace:
        options["trace"] = trace
    seconds = sum(length for _, length in [*steps, *([warmup] if warmup else [])])
    return loop("OpenLoop", subject, "/v1/predict", None, deadline_ms, options, seconds)


def step(one):
    rate, seconds = one
    return f"{rate:.1f}x{seconds}"


@contextlib.contextmanager
def loop(program, subject, path, body, deadline_ms, options, seconds):
    """A generator at work. What is given back waits for its end."""
    figures = subject.folder / f"{program}-{path.rpartition('/')[2]}.json"
    options = {"url": f"http://127.0.0.1:{subject.port}{path}", "body": body or subject.body_file, "json": figures, **options}
    if deadline_ms:
        options["deadline-ms"] = deadline_ms
    command = [*servers.bench_java(program), *(str(part) for name, value in options.items() for part in (f"--{name}", value))]
    foreign = ForeignCpu(subject.process.pid)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def finish():
        _, errors = process.communicate(timeout=seconds + SLACK_SECONDS)
        if process.returncode != 0:
            raise BenchFailure(f"{program} failed on {subject.title}:\n{errors}")
        return {**json.loads(figures.read_text()), "foreignCpu": foreign.share()}

    try:
        yield finish
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def count(figures, *statuses):
    return sum(figures["status"].get(str(status), {"count": 0})["count"] for status in statuses)


def latency(figures, status, percentile):
    """In ms; None without an answer of this status."""
    of_status = figures["status"].get(str(status))
    return of_status["latencyMillis"][percentile] if of_status else None


def read_trace(file):
    with file.open() as lines:
        for row in csv.DictReader(lines):
            yield int(row["step"]), int(row["status"]), float(row["dueMillis"]), float(row["latencyMillis"])
