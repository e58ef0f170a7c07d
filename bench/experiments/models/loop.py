"""A plain loop over ONNX Runtime: `loop.py MODEL THREADS SECONDS ROWS…` prints, as JSON, what a run takes, by its rows.

Of each number of rows, the medians of elapsed and of CPU time, in ms. CPU time is the steadier one: who else uses the
machine hardly matters to it.
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


def median_millis(model, rows, seconds=1.0):
    """The median of elapsed and of CPU time, after a run that doesn't count: the first of a shape is slow."""
    [given] = model.get_inputs()
    feed = {given.name: np.random.default_rng(rows).standard_normal((rows, given.shape[1])).astype(np.float32)}
    model.run(None, feed)
    runs = []
    end = time.perf_counter() + seconds
    while len(runs) < FEWEST_RUNS or time.perf_counter() < end:
        start = clocks()
        model.run(None, feed)
        runs.append([(now - then) * 1e3 for now, then in zip(clocks(), start)])
    elapsed, cpu = map(statistics.median, zip(*runs))
    return {"elapsed": elapsed, "cpu": cpu}


def clocks():
    return time.perf_counter(), time.process_time()


def main(graph, threads, seconds, *rows):
    onnxruntime.disable_telemetry_events()
    model = session(graph, int(threads))
    print(json.dumps({size: median_millis(model, int(size), float(seconds)) for size in rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
