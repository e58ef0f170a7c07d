"""Many callers of a model whose rows are cheap in company: how near the server comes to a plain loop over ONNX Runtime."""

from comparison import load

from . import made, slices
from .bench import cores
from .goals import Goal, median
from .subject import Subject

CALLERS = 128
# As long as nobody is refused without batching either: there, all callers' rows run one by one.
BUDGET_MS = 10_000
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def run(bench):
    settings = [f"--evenkeel.admission.single-budget={BUDGET_MS}ms"]
    with Subject(bench, "batching-on", model="wide", settings=settings) as on, \
            Subject(bench, "batching-off", model="wide", settings=[*settings, "--evenkeel.admission.batching=false"]) as off:
        slices.warm_up(bench, {"on": on, "off": off}, CALLERS)
        rounds = [one_round(bench, number, on, off) for number in bench.numbers]
    figures = {"callers": CALLERS, "budgetMillis": BUDGET_MS, **{key: median(rounds, key) for key in rounds[0]}, "rounds": rounds}
    return figures, [
        Goal(f"rows/s of {CALLERS} callers with batching, of a plain loop at its best batch size", figures["toLoop"], at_least=0.85),
        Goal(f"rows/s of {CALLERS} callers with batching, of those without", figures["toOff"], at_least=4),
    ]


def one_round(bench, number, on, off):
    runs = made.run_millis("wide", SIZES, threads=cores())
    plain = {size: size * 1000 / millis["elapsed"] for size, millis in runs.items()}
    best = max(plain, key=plain.get)
    rows = on.counter("evenkeel_lane_rows_total"), on.counter("evenkeel_lane_runs_total")
    batched, single = (load.wrk(subject, bench.short_seconds, CALLERS) for subject in (on, off))
    rows = on.counter("evenkeel_lane_rows_total") - rows[0], on.counter("evenkeel_lane_runs_total") - rows[1]
    one = {
        "loopBestSize": best,
        "loopPerSecond": plain[best],
        "loopOfOnePerSecond": plain[1],
        "onPerSecond": batched["requestsPerSecond"],
        "offPerSecond": single["requestsPerSecond"],
        "toLoop": batched["requestsPerSecond"] / plain[best],
        "toOff": batched["requestsPerSecond"] / single["requestsPerSecond"],
        "rowsPerRun": rows[0] / rows[1],
        "refused": batched["non2xx"] + single["non2xx"],
    }
    bench.say(f"round {number}  plain loop {one['loopPerSecond']:.0f} rows/s in batches of {best} ({plain[1]:.0f} one by one); "
              f"with batching {one['onPerSecond']:.0f} rows/s ({one['rowsPerRun']:.1f} rows a run), without {one['offPerSecond']:.0f}; "
              f"{one['refused']} refused", batched, single)
    return one
