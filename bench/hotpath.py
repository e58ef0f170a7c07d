"""What is written about a run of the hot path's benchmarks: a table, a verdict, and the project's page."""

GOAL_BYTES = 4096

# The benchmarks' names, in the order of a request, and what they are called on the page.
STEPS = {
    "parse": "parse: bytes to a row, held against the contract",
    "inspect": "of it the look at what training had: 30 numbers, and their distance",
    "validate": "validate: what the reading found",
    "preprocess": "preprocess: the row to a row of tensor values",
    "run": "run: through the lane and ONNX Runtime",
    "inference": "of it the run itself: row in, graph, answer out",
    "write": "write: the answer as JSON",
    "whole": "the walk, from bytes to bytes",
    "predict": "`POST /v1/predict` over HTTP, whole process",
    "constant": "a constant servlet in a bare Tomcat, whole process",
}


def table(result):
    lines = ["| step | ns | bytes allocated |", "| --- | ---: | ---: |"]
    for name, title in STEPS.items():
        step = result["steps"][name]
        lines.append(f"| {title} | {number(step['nanos'])} | {number(step['bytes'])} |")
    lines.append(f"| **ours: the difference of the last two** | | **{number(ours(result))}** |")
    return "\n".join(lines) + "\n"


def ours(result):
    return result["steps"]["predict"]["bytes"] - result["steps"]["constant"]["bytes"]


def is_met(result):
    return ours(result) <= GOAL_BYTES


def verdict(result):
    word = "met" if is_met(result) else "NOT met"
    return f"ours: {number(ours(result))} bytes a request, goal {number(GOAL_BYTES)}: {word}"


def page(result):
    """docs/hot-path.md."""
    machine, options = result["machine"], result["options"]
    versions = "\n".join(f"| {name} | {version} |" for name, version in result["versions"].items())
    return f"""# The hot path

Written by `bench/jmh --write-docs`. Change the script, not this page.

What one prediction costs, step by step, and what it allocates. The model is `breast-cancer`, version 1: a random forest of 100
trees, 30 named numbers in.

{table(result)}
{verdict(result).capitalize()}.

- Medians of {options['iterations']} iterations of 2 s, after {options['warmup']} s of warm-up, in {options['forks']} JVM for each benchmark. Allocation is JMH's `gc` profiler's: what all threads
  of the process allocate on the heap, divided by the number of calls.
- The steps are the server's own parts, wired as it wires them, called by one thread without HTTP.
- The last two rows are whole requests over one kept connection of the loopback, one after the other. The caller lives in the same
  process and allocates nothing. The constant servlet reads the same body and answers as many bytes, in a Tomcat with Evenkeel's
  settings and nothing else in it: what it allocates is the container's share. *Ours* is the rest: also our valves, headers, ids,
  meters and the request's id in logs.
- Alone on its connection, a request waits for wake-ups of threads: the times of the whole requests are latencies, and say little
  about what a request costs under load. [The comparison](performance.md) does.

## Where and when

{result['date']}, on {machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB, Linux {machine['kernel']}. Other processes took
{100 * result['foreignCpu']:.0f} % of the machine.

| what | version |
| --- | --- |
{versions}

JVM flags: `{result['jvmFlags']}`.

## How to repeat it

```
bench/jmh --write-docs
```

[bench/README.md](../bench/README.md) says what that needs.
"""


def number(value):
    text = f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
    return text.replace(",", " ")
