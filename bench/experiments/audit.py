"""The same requests from 256 connections, recorded durably, recorded without anybody waiting, and not at all."""

import subprocess

from comparison import machine

from . import slices
from .goals import Goal, median
from .subject import Subject

CONNECTIONS = 256
DURABLE = 0.5
ASYNC = 0.95
MODES = ("off", "async", "durable")


def run(bench):
    subjects = {mode: subject(bench, mode) for mode in MODES}
    with subjects["off"], subjects["async"], subjects["durable"]:
        slices.warm_up(bench, subjects, CONNECTIONS)
        rounds = [one_round(bench, number, subjects) for number in bench.numbers]
    figures = {**{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal("throughput with async, of that without", figures["async"], at_least=ASYNC, digits=3),
        Goal("throughput with durable, of that without", figures["durable"], at_least=DURABLE, digits=3),
    ]


def subject(bench, mode):
    """A budget beyond a crowd's wait: what is measured is throughput, not refusals."""
    wide = (*slices.WIDE, "--evenkeel.audit.patience=5s")
    if mode == "off":
        return Subject(bench, "audit-off", settings=wide)
    one = Subject(bench, f"audit-{mode}", settings=())
    one.settings = (*wide, f"--evenkeel.audit.mode={mode}", f"--evenkeel.audit.path={one.folder / 'audit'}",
                    f"--evenkeel.audit.signing-key={one.folder / 'audit.pem'}", f"--evenkeel.keyring.file={one.folder / 'audit.keys'}")
    keys(bench, one.folder)
    return one


def keys(bench, folder):
    """New keys for each run."""
    folder.mkdir(parents=True, exist_ok=True)
    java = str(machine.jdk() / "bin" / "java")
    for name in ("audit.pem", "audit.pub.pem", "audit.keys"):
        (folder / name).unlink(missing_ok=True)
    for arguments in (("sign", "--new-key", str(folder / "audit.pem")), ("audit", "keys", "--file", str(folder / "audit.keys"))):
        subprocess.run([java, "-jar", str(bench.jar), *arguments], check=True, capture_output=True, timeout=60)


def one_round(bench, number, subjects):
    medians, measured = slices.one_round(number, subjects, CONNECTIONS)
    one = {f"requestsPerSecond{mode.capitalize()}": medians[mode]["requestsPerSecond"] for mode in MODES}
    one |= {f"p99{mode.capitalize()}": medians[mode]["p99Millis"] for mode in MODES}
    one |= {mode: round(medians[mode]["requestsPerSecond"] / medians["off"]["requestsPerSecond"], 3) for mode in MODES[1:]}
    bench.say(f"round {number}  {one['requestsPerSecondOff']:.0f}/s without, {one['requestsPerSecondAsync']:.0f}/s async ({one['async']}), "
              f"{one['requestsPerSecondDurable']:.0f}/s durable ({one['durable']})", *measured)
    return one
