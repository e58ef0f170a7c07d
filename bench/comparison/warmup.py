"""Loads a server until it is as fast as it gets: what is measured afterwards is what code costs, not what it costs to compile it."""

from . import load

LONGEST = 420
STEP = 10
# Compilers that take less of a processor than this, so many steps in a row, are done.
QUIET = 0.01
QUIET_STEPS = 3


def until_compilers_rest(server, shortest, connections=load.CONNECTIONS, quiet=QUIET):
    """Takes so many seconds at least. Returns how many it took, in words. A server without a JVM rests from the start."""
    seconds = steps = 0
    while seconds < LONGEST and (steps < QUIET_STEPS or seconds < shortest):
        before = server.compiler_seconds()
        load.warm_up(server, STEP, connections)
        busy = (server.compiler_seconds() - before) / STEP
        steps = steps + 1 if busy < quiet else 0
        seconds += STEP
    return f"{server.title}: warmed up for {seconds} s, the compilers take {busy:.1%} of a processor"
