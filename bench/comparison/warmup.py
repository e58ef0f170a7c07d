"""Loads a server until it is as fast as it gets: what is measured afterwards is what code costs, not what it costs to compile it."""

from dataclasses import dataclass

from . import load

STEP = 10


@dataclass(frozen=True)
class Calm:
    """Compilers are done that took less than a share of one processor, for so many seconds; `longest` is waited for it in all."""

    share: float = 0.01
    seconds: int = 30
    longest: int = 420


def until_compilers_rest(server, shortest, under=load.warm_up, calm=Calm()):
    """Takes so many seconds at least; `under` loads a server for some seconds. Returns how many it took, in words. A server without a JVM rests from the start."""
    shares = []
    steps = calm.seconds // STEP
    while len(shares) * STEP < calm.longest and (
            len(shares) * STEP < shortest or len(shares) < steps or sum(shares[-steps:]) / steps >= calm.share):
        before = server.compiler_seconds()
        under(server, STEP)
        shares.append((server.compiler_seconds() - before) / STEP)
    last = shares[-steps:]
    return (f"{server.title}: warmed up for {len(shares) * STEP} s, "
            f"the compilers took {sum(last) / len(last):.2%} of a processor in the last {len(last) * STEP}")
