"""A plain loop over ONNX Runtime: `loop.py MODEL THREADS SECONDS ROWS…` prints, as JSON, what it found by a run's rows.

Of each number of rows, the medians of elapsed and of CPU time of a run, in ms, and the rows a second of all runs. CPU
time is the steadiest: who else uses the machine hardly matters to it.
"""

import json
import statistics
import sys
import time

import numpy as np
import onnxruntime

FEWEST_RUNS = 3


def session(graph, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def measured(model, rows, seconds=1.0):
    """What runs of so many rows take, after one that doesn't count: the first of a shape is slow."""
    [given] = model.get_inputs()
    feed = {given.name: np.random.default_rng(rows).standard_normal((rows, given.shape[1])).astype(np.float32)}
    model.run(None, feed)
    runs = []
    begin = time.perf_counter()
    while len(runs) < FEWEST_RUNS or time.perf_counter() < begin + seconds:
        start = clocks()
        model.run(None, feed)
        runs.append([(now - then) * 1e3 for now, then in zip(clocks(), start)])
    per_second = rows * len(runs) / (time.perf_counter() - begin)
    elapsed, cpu = map(statistics.median, zip(*runs))
    return {"elapsedMillis": elapsed, "cpuMillis": cpu, "rowsPerSecond": per_second}


def clocks():
    return time.perf_counter(), time.process_time()


def main(graph, threads, seconds, *rows):
    onnxruntime.disable_telemetry_events()
    model = session(graph, int(threads))
    print(json.dumps({size: measured(model, int(size), float(seconds)) for size in rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
