"""One measurement with wrk, and one checked request."""

import json
import subprocess
import urllib.request
from pathlib import Path

from .machine import ForeignCpu
from .paths import BenchFailure

THREADS = 2
CONNECTIONS = 32
# A machine that stands still for longer than a budget makes refusals.
MOST_REFUSED = 1e-4
SCRIPT = Path(__file__).with_name("load.lua")


def warm_up(server, seconds, connections=CONNECTIONS):
    """Loads one server without measuring it. Refusals are let pass: code that isn't compiled yet can miss a deadline."""
    run(server, seconds, connections)


def wrk(server, seconds, connections=CONNECTIONS, threads=THREADS):
    """Loads one server in a closed loop and returns its figures. More than a few failures end the whole run."""
    result = measure(server, seconds, connections, threads)
    check(server, [result])
    return result


def measure(server, seconds, connections=CONNECTIONS, threads=THREADS):
    """The same without a look at refusals: that is for several measurements together."""
    result = run(server, seconds, connections, threads)
    refused = result["errors"].pop("status")
    if failed := {kind: count for kind, count in result.pop("errors").items() if count}:
        raise BenchFailure(f"{server.title} broke connections: {failed} of {result['requests']}")
    result["requestsPerSecond"] = round((result["requests"] - refused) / result["seconds"], 1)
    result["non2xx"] = refused
    return result


def check(server, results):
    """Ends the whole run if a server refused more than a few requests."""
    requests, refused = (sum(one[key] for one in results) for key in ("requests", "non2xx"))
    if refused > MOST_REFUSED * requests:
        raise BenchFailure(f"{server.title} refused {refused} of {requests} requests")


def run(server, seconds, connections=CONNECTIONS, threads=THREADS):
    foreign = ForeignCpu(server.process.pid)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "5s", "-s", str(SCRIPT), server.url,
               "--", str(server.body_file)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30)
    line = next((line for line in ended.stdout.splitlines() if line.startswith("RESULT ")), None)
    if ended.returncode != 0 or line is None:
        raise BenchFailure(f"wrk failed on {server.title}:\n{ended.stdout}{ended.stderr}")
    result = json.loads(line.removeprefix("RESULT "))
    if not result["requests"]:
        raise BenchFailure(f"{server.title} answered no request in {seconds} s")
    result["foreignCpu"] = foreign.share()
    return result


def post(url, body):
    """One request, outside the measurement. Raises OSError if there is no answer or an error's answer."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read()
