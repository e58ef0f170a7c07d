"""Many callers of a model whose rows are cheap in company: how near the server comes to a plain loop over ONNX Runtime."""

import statistics
from dataclasses import asdict

from comparison import load, warmup
from comparison.turns import measured

from . import made, slices
from .bench import cores
from .goals import Goal, median
from .subject import Subject

CALLERS = 128
# They ask some thousand times a second in all. Of two threads the kernel may let one wait, and half of the callers with it.
LOAD_THREADS = 1
# As long as nobody is refused without batching either: there, all callers' rows run one by one.
BUDGET_MS = 10_000
# While the heap grows, the kernel finds memory for it on the threads of requests, minutes long at a few thousand a second.
HEAP_MIB = 1024
# A run takes all cores: 1 % of one for the compilers is as much of the throughput. What happens once a run, or a few times a second, is
# compiled late.
CALM = warmup.Calm(share=0.002, seconds=120, longest=900)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
# The loop and the server are measured by turns: the machine's memory is faster in one minute than in the next. A slice is four hundred runs,
# since of each the first and the last aren't full.
TURNS, SLICE_SECONDS = 5, 20


def run(bench):
    settings = [f"--evenkeel.admission.single-budget={BUDGET_MS}ms"]
    alone = [*settings, "--evenkeel.admission.batching=false"]
    with Subject(bench, "batching-on", model="wide", settings=settings, heap_mib=HEAP_MIB) as on, \
            Subject(bench, "batching-off", model="wide", settings=alone, heap_mib=HEAP_MIB) as off:
        slices.warm_up(bench, {"off": off}, CALLERS)
        slices.warm_up(bench, {"on": on}, CALLERS, CALM)
        rounds = [one_round(bench, number, on, off) for number in bench.numbers]
    medians = {key: median(rounds, key) for key in rounds[0]}
    figures = {"callers": CALLERS, "budgetMillis": BUDGET_MS, "heapMiB": HEAP_MIB, "calm": asdict(CALM), **medians, "rounds": rounds}
    return figures, [
        Goal(f"rows/s of {CALLERS} callers with batching, of a plain loop at its best batch size", figures["toLoop"], at_least=0.85, digits=3),
        Goal(f"rows/s of {CALLERS} callers with batching, of those without", figures["toOff"], at_least=4),
    ]


def one_round(bench, number, on, off):
    plain = rows_per_second(SIZES, seconds=1)
    best = max(plain, key=plain.get)
    seconds = min(SLICE_SECONDS, bench.seconds)
    rows = on.counter("evenkeel_lane_rows_total"), on.counter("evenkeel_lane_runs_total")

    def of_loop():
        return rows_per_second([best], seconds)[best]

    def of_callers():
        return load.wrk(on, seconds, CALLERS, LOAD_THREADS)

    found = measured(number, [of_loop, of_callers], TURNS, lambda measure: measure())
    rows = on.counter("evenkeel_lane_rows_total") - rows[0], on.counter("evenkeel_lane_runs_total") - rows[1]
    single = load.wrk(off, seconds, CALLERS, LOAD_THREADS)
    batched = [one["requestsPerSecond"] for one in found[of_callers]]
    one = {
        "loopBestSize": best,
        "loopPerSecond": statistics.median(found[of_loop]),
        "loopOfOnePerSecond": plain[1],
        "onPerSecond": statistics.median(batched),
        "offPerSecond": single["requestsPerSecond"],
        "toLoop": statistics.median(mine / its for mine, its in zip(batched, found[of_loop], strict=True)),
        "toOff": statistics.median(batched) / single["requestsPerSecond"],
        "rowsPerRun": rows[0] / rows[1],
        "refused": sum(measure["non2xx"] for measure in [*found[of_callers], single]),
    }
    bench.say(f"round {number}  plain loop {one['loopPerSecond']:.0f} rows/s in batches of {best} ({plain[1]:.0f} one by one); "
              f"with batching {one['onPerSecond']:.0f} rows/s ({one['rowsPerRun']:.1f} rows a run, {one['toLoop']:.3f} of the loop), "
              f"without {one['offPerSecond']:.0f}; {one['refused']} refused", *found[of_callers], single)
    return one


def rows_per_second(sizes, seconds):
    """What the plain loop does, by a run's rows."""
    return {size: found["rowsPerSecond"] for size, found in made.plain_loop("wide", sizes, cores(), seconds).items()}
