"""docs/overload.md: what the experiments found, and how."""

from comparison.load import THREADS
from comparison.report import count, how_to_repeat

from .bench import BUSY
from .tables import millis, share, table

# A generator that is this late tells more about itself or the machine than about the server.
LATE_MILLIS = 50


def page(result):
    found = result["experiments"]
    sections = [SECTIONS[name](found[name]) for name in SECTIONS if name in found]
    machine = result["machine"]
    versions = table(["what", "version"], [[name, version] for name, version in result["versions"].items()])
    return f"""# Overload, batching and idle servers

Written by `bench/overload --write-docs`. Change the script, not this page. How fast Evenkeel is beside other servers is in
[performance.md](performance.md).
{disturbance(result)}
{"".join(sections)}## Where and when

{result['date']}, on {machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB, Linux {machine['kernel']}. The load
generator runs on the same cores. Figures are medians of {rounds(result)}; a measurement takes up to {result['seconds']} s, after
{result['warmupSeconds']} s of load that isn't counted. Other processes took {100 * result['worstForeignCpu']:.0f} % of the machine in the
worst measurement.

{versions}
JVM flags: `{result['jvmFlags']}`.
{earlier(found)}
{how_to_repeat("bench/overload --write-docs")}"""


def earlier(found):
    """Which experiments are of which earlier run."""
    runs = {}
    for name, figures in found.items():
        if "keptFrom" in figures:
            runs.setdefault(figures["keptFrom"], []).append(name)
    return "".join(f"\nOf an earlier run ({run}): {', '.join(names)}.\n" for run, names in runs.items())


def disturbance(result):
    if result["worstForeignCpu"] <= BUSY:
        return ""
    return f"""
**Other processes took up to {100 * result['worstForeignCpu']:.0f} % of the machine during this run. It shows what is measured, not what Evenkeel can do.**
"""


def rounds(result):
    return "one round" if result["rounds"] == 1 else f"{result['rounds']} rounds"


def goals(figures):
    return table(["goal", "wanted", "measured", ""],
                 [[goal["what"], goal["wanted"], goal["shown"], "met" if goal["met"] else "**not met**"] for goal in figures["goals"]])


def overload(figures):
    costs, memory = figures["costs"], figures["memory"]
    lines = [
        [f"{one['load']:g}", f"{one['perSecond']:.0f}", f"{one['goodput']:.2f}", share(one["admittedInTime"], 2),
         share(one["refusedShare"], 0), *(millis(one[key]) for key in ("p50Millis", "p99Millis", "p999Millis",
                                                                     "refusalP50Millis", "refusalP99Millis"))]
        for one in figures["loads"]
    ]
    heads = ["load / capacity", "requests/s", "goodput / capacity", "let in, answered in time", "refused",
             "p50 ms", "p99 ms", "p99.9 ms", "refusals' p50 ms", "refusals' p99 ms"]
    after = ", ".join(f"{'never' if seconds is None else f'{seconds:.1f} s'} after {load} times"
                      for load, seconds in figures["recoverySeconds"].items())
    return f"""## Overload

![Latency and goodput against load](overload.svg)

{goals(figures)}
{table(heads, lines)}
The model is made for this: a row costs {costs['rowMillis']:.1f} ms of one core, in company of eight {costs['rowOfEightMillis']:.1f} ms,
so that batching gains nothing. A refusal costs {costs['refusalMicros']:.0f} µs of the server's CPU time, {100 * costs['refusalShare']:.2f} % of a
row. At the highest load, with the generator's and the kernel's work on it and the caches that both empty, it takes {figures['refusalTakesMicros']:.0f} µs from
the runs, {figures['refusalTakesMicros'] / costs['rowMillis'] / 10:.2f} %. The budget is {figures['budgetMillis']} ms.

- **Capacity** is the most answers in time that any number of callers got, each with one request at a time and a rest when refused:
  {figures['capacityPerSecond']:.0f}/s (median). Plain loops on all cores with nobody else would make {figures['idealPerSecond']:.0f}/s. It is measured anew
  before and after each load, which is held against the mean of the two: from {figures['lowestCapacityPerSecond']:.0f}/s to {figures['highestCapacityPerSecond']:.0f}/s.
- **Load** is an open loop: requests arrive at random (Poisson, a fixed seed), whether or not earlier ones were answered, over
  {figures['connections']} connections. Latency counts from when a request was due. The generator, which needs the same cores, sends and
  reads once in {figures['tickMillis']} ms, so latencies look up to that much longer.{short_of_connections(figures)}{sent_late(figures)}
- **Goodput** counts the answers within the deadline, by the caller's clock.
- **Let in** is whatever wasn't refused with 503, also what failed or got no answer.
- **After the overload** the load is half the capacity for 5 s. Latency is normal again from the first half second on in which the median
  of each 100 ms is no worse than that load's usual p99: {after}.
- **Memory**: {memory[0]['heapMiB']:.0f} MiB of live heap before the rounds and {memory[-1]['heapMiB']:.0f} MiB after them; without the heap the process
  had {memory[0]['nativeMiB']:.0f} MiB, then {memory[-1]['nativeMiB']:.0f} MiB. The heap is fixed and touched at the start, so that it can't hide growth.

"""


def short_of_connections(figures):
    short = [f"{one['load']:g}" for one in figures["loads"] if one["mostWaiting"]]
    return f" The generator ran short of connections at {', '.join(short)} times capacity." if short else ""


def sent_late(figures):
    late = [f"{one['sentLateP99Millis']:.0f} ms at {one['load']:g} times capacity" for one in figures["loads"]
            if one["sentLateP99Millis"] > LATE_MILLIS]
    return f"""
  The generator itself was late at times: p99 of how late it sent requests was {', '.join(late)}. Their latencies count from when
  they were due all the same.""" if late else ""


def small(figures):
    wrk = figures["wrkPerSecond"]
    fair = f" wrk, with {THREADS} threads, counts {count(wrk)}/s with 32 connections, this generator, with one, {count(figures['capacityPerSecond'])}/s." if wrk else ""
    return f"""## A thousand callers of a small model

{goals(figures)}
The bundled random forest, where HTTP is the limit. A closed loop of 32 connections gets {count(figures['capacityPerSecond'])}/s. One of 1000, which
come back at once when refused, gets {count(figures['goodPerSecond'])}/s within {figures['deadlineMillis']} ms by the callers' clock. They load the server by turns; the ratio is the
median of the turns'.{fair}

"""


def idle(figures):
    names = {"closed": "one at a time", "open": f"{figures['rate']}/s at random"}
    lines = [[name, f"{figures[f'{way}OnMillis']:.3f}", f"{figures[f'{way}OffMillis']:.3f}", f"{figures[f'{way}Ratio']:.3f}"]
             for way, name in names.items()]
    return f"""## An idle server

{goals(figures)}
{table(["requests", "p50 ms with batching", "without", "ratio"], lines)}
Two servers side by side: one at a time by turns, at random both in the same seconds. Figures are medians of the turns, a ratio is the median of theirs.

"""


def batching(figures):
    lines = [
        [f"plain loop over ONNX Runtime, in batches of {figures['loopBestSize']:.0f}", f"{figures['loopPerSecond']:.0f}"],
        ["plain loop over ONNX Runtime, one by one", f"{figures['loopOfOnePerSecond']:.0f}"],
        [f"{figures['callers']} callers, with batching ({figures['rowsPerRun']:.1f} rows a run)", f"{figures['onPerSecond']:.0f}"],
        [f"{figures['callers']} callers, without batching", f"{figures['offPerSecond']:.0f}"],
    ]
    return f"""## Batching

{goals(figures)}
{table(["", "rows/s"], lines)}
The model is made for this: 16 numbers in, 67 million parameters, so a lone row reads 268 MB for little arithmetic. The plain
loop has as many threads as cores and tries batches of 1 to 256; loop and callers take turns of the same length. The budget is {figures['budgetMillis'] / 1000:.0f} s, so that nobody is refused.
The server with batching is measured in its steady state: before that it is under load until its compilers have taken less than
{100 * figures['calm']['share']:.1f} % of a processor for {figures['calm']['seconds']} s, {figures['calm']['longest'] / 60:.0f} minutes at most.
The heap of {figures['heapMiB']} MiB is fixed and touched at the start: a heap that still grows takes the kernel's time for its memory.

"""


def mixed(figures):
    return f"""## Batches beside single requests

{goals(figures)}
One caller sends batches of {figures['rows']} rows back to back ({figures['batchesPerSecond']:.1f} a second, {count(figures['rowsPerSecond'])} rows/s). Others
send {figures['singlesPerSecond']} single requests a second at random, with a budget of {figures['budgetMillis']} ms: p50 {figures['p50Millis']:.1f} ms, p99
{figures['p99Millis']:.1f} ms. The bundled random forest.

"""


SECTIONS = {"overload": overload, "small": small, "idle": idle, "batching": batching, "mixed": mixed}
