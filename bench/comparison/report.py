"""What is written about a run: a table for the terminal, the project's page on performance, and its picture."""

from xml.sax.saxutils import escape

# Evenkeel's throughput over the peer's: what the project wants to reach at least, and what it would like to.
GOALS = {"netty": 0.5, "fastify": 1.0, "fastapi": 3.0, "mlserver": 5.0}
AIMS = {"netty": 0.6, "fastify": 1.2}


def table(result):
    """A Markdown table, one line per server, fastest first."""
    ratios = result["ratios"]
    lines = [
        "| server | requests/s | lowest to highest round | p50 ms | p99 ms | not 2xx | Evenkeel / it |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, server in fastest_first(result):
        rates = [one["requestsPerSecond"] for one in server["rounds"]]
        lines.append(
            f"| {server['title']} | {count(server['requestsPerSecond'])} | {count(min(rates))} to {count(max(rates))} "
            f"| {server['p50Millis']:.2f} | {server['p99Millis']:.2f} | {server['non2xx']} "
            f"| {f'{ratios[name]:.2f}' if name in ratios else ''} |"
        )
    return "\n".join(lines) + "\n"


def goals(result):
    """One line per goal of the project, with its verdict."""
    lines = []
    for name, ratio in result["ratios"].items():
        verdict = "met" if ratio >= GOALS[name] else "NOT met"
        aim = f" (aim {AIMS[name]}: {'met' if ratio >= AIMS[name] else 'NOT met'})" if name in AIMS else ""
        lines.append(f"Evenkeel / {name}: {ratio:.2f}, goal {GOALS[name]}: {verdict}{aim}")
    servers = result["servers"]
    peers = {name: servers[name]["p99Millis"] for name in ("fastify", "fastapi", "mlserver") if name in servers}
    if "evenkeel" in servers and peers:
        best = min(peers, key=peers.get)
        own = servers["evenkeel"]["p99Millis"]
        verdict = "met" if own <= peers[best] else "NOT met"
        lines.append(f"Evenkeel's p99 at 32 connections {own:.2f} ms, no worse than the best of the peers ({best}, "
                     f"{peers[best]:.2f} ms): {verdict}")
    return "\n".join(lines)


def page(result):
    """docs/performance.md."""
    machine, load = result["machine"], result["load"]
    versions = "\n".join(f"| {name} | {version} |" for name, version in result["versions"].items())
    return f"""# Performance

Written by `bench/compare --write-docs`. Change the script, not this page. What overload, batching and idle hours do to latency is in
[overload.md](overload.md); what each step of a request costs is in [hot-path.md](hot-path.md).

![Requests per second of each server](performance.svg)

{table(result)}
Requests/s, p50, p99 and ratios are medians of {load['rounds']} rounds. In a round each server is loaded for {load['seconds']} s, in slices of
{load['sliceSeconds']} s by turns: this machine's speed changes by half within a minute, and by different amounts for different servers. A round's figure is the
median of the slices, its ratio the median of the turns' own.

## What is compared

Every server gets the same row of the `breast-cancer` model, version 1: a random forest of 100 trees, 30 named numbers in. Some
answers of each are compared with the training library's own before and between the rounds.

- **Netty** reads the request, looks at nothing and answers a constant as long as Evenkeel's answer. It is the ceiling: what
  HTTP costs on this machine.
- **Fastify** and **FastAPI** take Evenkeel's request, check the 30 numbers against the contract's bounds, run the model and
  answer in Evenkeel's shape. Each has two worker processes, FastAPI's under uvicorn. They have no metrics, deadlines, batching or overload control.
- **MLServer** speaks the Open Inference Protocol only. So it gets the row as one tensor of 30 numbers without the features' names, a
  shorter body, and checks no bounds. It runs as one process: with two parallel workers, its own way to use two cores, it was slower.
- **Evenkeel** runs as `java -jar` with everything on that is on by default.

The row is the same every time, and the model is small. So this measures what a request costs around the model. With a big
model the servers would lie closer together.

The load generator runs on the same {machine['cores']} cores as the server. It takes its share from each, most from the fastest.
It is a closed loop: {load['connections']} connections, each sends its next request when the last is answered. It runs in the servers'
session, so that where the kernel shares processors out between sessions (autogroup), all threads are equals nevertheless. All servers are
warmed up for {load['warmupSeconds']} s, a JVM until its compilers rest, and stay up; one at a time is loaded. Other processes took
{100 * worst_foreign(result):.0f} % of the machine in the worst slice.

## Where and when

{result['date']}, on {machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB, Linux {machine['kernel']}.

| what | version |
| --- | --- |
{versions}

JVM flags of Evenkeel and Netty: `{result['jvmFlags']}`.

{how_to_repeat("bench/compare --write-docs")}"""


def how_to_repeat(command):
    """The last section of a page of figures."""
    return f"""## How to repeat it

```
{command}
```

[bench/README.md](../bench/README.md) says what that needs and which flags there are. Absolute figures depend on the machine;
compare ratios, and only those of one run.
"""


def picture(result):
    """docs/performance.svg: a bar per server, its length the requests per second, the span of the rounds as a line."""
    servers = fastest_first(result)
    left, width, step, top = 310, 340, 40, 64
    height = top + step * len(servers) + 34
    longest = max(one["requestsPerSecond"] for _, server in servers for one in server["rounds"])
    scale = width / longest
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" font-family="system-ui, sans-serif" '
        f'font-size="14" role="img" aria-label="Requests per second of each server">',
        f'<rect width="760" height="{height}" rx="8" fill="#ffffff"/>',
        '<text x="20" y="30" font-size="17" font-weight="600" fill="#1b2733">Predictions per second, one row a request</text>',
        f'<text x="20" y="50" font-size="12" fill="#5b6b7a">{escape(subtitle(result))}</text>',
    ]
    for index, (name, server) in enumerate(servers):
        rates = [one["requestsPerSecond"] for one in server["rounds"]]
        y = top + step * index
        middle = y + step / 2
        bar = server["requestsPerSecond"] * scale
        colour = {"evenkeel": "#0b7285", "netty": "#ced4da"}.get(name, "#91a7b8")
        weight = "600" if name == "evenkeel" else "400"
        parts += [
            f'<text x="{left - 12}" y="{middle + 5:.0f}" text-anchor="end" font-weight="{weight}" fill="#1b2733">'
            f"{escape(server['title'])}</text>",
            f'<rect x="{left}" y="{y + 8}" width="{bar:.1f}" height="{step - 16}" rx="3" fill="{colour}"/>',
            f'<line x1="{left + min(rates) * scale:.1f}" x2="{left + max(rates) * scale:.1f}" y1="{middle:.0f}" '
            f'y2="{middle:.0f}" stroke="#1b2733" stroke-width="1.5"/>',
            f'<text x="{left + max(rates) * scale + 10:.1f}" y="{middle + 5:.0f}" font-weight="{weight}" fill="#1b2733">'
            f"{count(server['requestsPerSecond'])}</text>",
        ]
    parts += [
        f'<text x="20" y="{height - 14}" font-size="12" fill="#5b6b7a">Bars: medians. Lines: from the lowest round to the '
        "highest. Netty does no work: it is the ceiling.</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def subtitle(result):
    machine, load = result["machine"], result["load"]
    return (
        f"random forest, 30 features; {load['connections']} connections; {machine['cores']} cores shared with the load "
        f"generator; {load['rounds']} rounds of {load['seconds']} s each"
    )


def fastest_first(result):
    return sorted(result["servers"].items(), key=lambda entry: -entry[1]["requestsPerSecond"])


def worst_foreign(result):
    return max(one["foreignCpu"] for server in result["servers"].values() for one in server["rounds"])


def count(number):
    return f"{number:,.0f}".replace(",", " ")
