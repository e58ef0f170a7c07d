"""docs/overload.svg: latency, refusals and goodput against load, on one logarithmic axis of load."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 630
LEFT, RIGHT = 84, 590
LATENCY_TOP, LATENCY_BOTTOM = 106, 346
GOODPUT_TOP, GOODPUT_BOTTOM = 416, 564

CURVES = [("p99", "served, p99", "p99Millis"), ("p50", "served, p50", "p50Millis"), ("refused", "refused, p99", "refusalP99Millis")]

# On both backgrounds these are told apart in grey, too.
STYLE = """
  .back { fill: #ffffff } .strong { fill: #1b2733 } .soft { fill: #5b6b7a } .grid { stroke: #dde3e8 } .limit { stroke: #5b6b7a }
  .p50 { stroke: #4dabc4; fill: #4dabc4 } .p99 { stroke: #0b7285; fill: #0b7285 } .refused { stroke: #c2560c; fill: #c2560c }
  @media (prefers-color-scheme: dark) {
    .back { fill: #161b22 } .strong { fill: #e6edf3 } .soft { fill: #9aa7b4 } .grid { stroke: #30363d } .limit { stroke: #9aa7b4 }
    .p50 { stroke: #3b8ea5; fill: #3b8ea5 } .p99 { stroke: #6fd3e8; fill: #6fd3e8 } .refused { stroke: #f0883e; fill: #f0883e }
  }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round } .thin { stroke-width: 1 } .dash { stroke-dasharray: 5 4 }
  .name { stroke: none; font-weight: 600 }
"""


def picture(result):
    figures = result["experiments"]["overload"]
    loads = figures["loads"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif" font-size="13" '
        'role="img" aria-label="Latency, refusals and goodput against load">',
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}" rx="8"/>',
        text(20, 30, "What overload does to latency and goodput", "strong", size=17, weight=600),
        text(20, 50, subtitle(result, figures), "soft", size=12),
        *latency_panel(figures, loads),
        *goodput_panel(loads),
        text((LEFT + RIGHT) / 2, HEIGHT - 22, "load, in multiples of the capacity", "soft", anchor="middle", size=12),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def subtitle(result, figures):
    return (f"open loop; a row costs {figures['costs']['rowMillis']:.0f} ms of a core; capacity {figures['capacityPerSecond']:.0f}/s; "
            f"{result['machine']['cores']} cores shared with the load generator; medians of {result['rounds']} × {result['seconds']} s")


def latency_panel(figures, loads):
    budget = figures["budgetMillis"]
    known = [one[key] for one in loads for _, _, key in CURVES if one[key]]
    lowest, highest = math.floor(math.log10(min(known))), math.ceil(math.log10(max(budget * 1.2, *known)))
    rise = scale(lowest, highest, LATENCY_BOTTOM, LATENCY_TOP)

    def y(millis):
        return rise(math.log10(millis))

    ticks = [(rise(power), f"{10.0**power:g}") for power in range(lowest, highest + 1)]
    parts = frame(loads, "latency, ms", LATENCY_TOP, ticks)
    parts.append(f'<line class="limit thin dash" x1="{LEFT}" x2="{RIGHT}" y1="{y(budget):.1f}" y2="{y(budget):.1f}"/>')
    parts.append(text(LEFT + 6, y(budget) - 6, f"budget {budget} ms", "soft", size=12))
    drawn = [(css, name, [(x(one["load"]), y(one[key])) for one in loads if one[key]]) for css, name, key in CURVES]
    drawn = [one for one in drawn if one[2]]
    names = spread([points[-1][1] for _, _, points in drawn])
    for (css, name, points), at in zip(drawn, names):
        parts += [*curve(css, points), text(RIGHT + 14, at + 4, name, f"{css} name")]
    return parts


def goodput_panel(loads):
    most = max(1.2, *(one["goodput"] for one in loads))
    y = scale(0, most, GOODPUT_BOTTOM, GOODPUT_TOP)
    parts = frame(loads, "goodput, of capacity", GOODPUT_TOP, [(y(tick), f"{tick:g}") for tick in (0, 0.25, 0.5, 0.75, 1)])
    perfect = [(x(one["load"]), y(min(one["load"], 1))) for one in loads]
    parts.append(f'<polyline class="limit line thin dash" points="{path(perfect)}"/>')
    points = [(x(one["load"]), y(one["goodput"])) for one in loads]
    parts += curve("p99", points)
    ideal, got = perfect[-1][1], points[-1][1]
    ideal_at, got_at = spread([ideal, got])
    return [*parts, text(RIGHT + 14, ideal_at + 4, "no loss", "soft"), text(RIGHT + 14, got_at + 4, "in time", "p99 name")]


def frame(loads, title, top, ticks):
    """A panel's title, its grid and the labels of both axes. Ticks are (y, label), the lowest first."""
    bottom = ticks[0][0]
    parts = [text(20, top - 14, title, "strong", weight=600)]
    for at, label in ticks:
        parts.append(f'<line class="grid thin" x1="{LEFT}" x2="{RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(text(LEFT - 10, at + 4, label, "soft", anchor="end", size=12))
    for one in loads:
        at = x(one["load"])
        parts.append(f'<line class="grid thin" x1="{at:.1f}" x2="{at:.1f}" y1="{top}" y2="{bottom:.1f}"/>')
        parts.append(text(at, bottom + 18, f"{one['load']:g}×", "soft", anchor="middle", size=12))
    return parts


def curve(css, points):
    dots = (f'<circle class="{css}" cx="{at:.1f}" cy="{y:.1f}" r="3.5"/>' for at, y in points)
    return [f'<polyline class="{css} line" style="fill: none" points="{path(points)}"/>', *dots]


def path(points):
    return " ".join(f"{at:.1f},{y:.1f}" for at, y in points)


def x(load):
    """Loads lie between half and ten times the capacity."""
    return scale(math.log10(0.5), math.log10(10), LEFT + 16, RIGHT - 16)(math.log10(load))


def scale(low, high, start, end):
    return lambda value: start + (value - low) / (high - low) * (end - start)


def spread(places, gap=17):
    """The places of labels, moved down as far as they'd cover each other."""
    moved = dict.fromkeys(range(len(places)))
    free = -math.inf
    for index in sorted(moved, key=lambda index: places[index]):
        moved[index] = free = max(places[index], free)
        free += gap
    return [moved[index] for index in range(len(places))]


def text(at, y, content, css, *, anchor="start", size=13, weight=400):
    bold = "" if weight == 400 else f' font-weight="{weight}"'
    return f'<text class="{css}" x="{at:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{bold}>{escape(content)}</text>'
