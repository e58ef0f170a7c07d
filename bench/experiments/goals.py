"""Goals: a figure, what it should be, and whether it is."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """`unit` is what stands behind the figure; "" for a ratio. A figure of None is one that couldn't be taken: not met."""

    what: str
    figure: float | None
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    digits: int = 2

    @property
    def met(self):
        return self.figure is not None and (
            (self.at_least is None or self.figure >= self.at_least) and (self.at_most is None or self.figure <= self.at_most)
        )

    @property
    def wanted(self):
        bounds = [f"{sign} {self.text(bound)}" for sign, bound in (("≥", self.at_least), ("≤", self.at_most))
                  if bound is not None]
        return " and ".join(bounds)

    @property
    def shown(self):
        return "none" if self.figure is None else self.text(self.figure)

    def text(self, number):
        return f"{number:.{self.digits}f}{self.unit}"

    def line(self):
        return f"{self.what}: {self.shown}, goal {self.wanted}: {'met' if self.met else 'NOT met'}"

    def json(self):
        return {"what": self.what, "figure": self.figure, "wanted": self.wanted, "shown": self.shown, "met": self.met}


def median(rounds, key):
    """Over the rounds that have the figure."""
    figures = [one[key] for one in rounds if one[key] is not None]
    return round(statistics.median(figures), 4) if figures else None
