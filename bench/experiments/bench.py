"""What all experiments share: the jar, how long and how often, and what is said meanwhile."""

import os
from dataclasses import dataclass
from pathlib import Path

# Above this, what others do on the machine is worth a word.
BUSY = 0.05
LONGEST_SHORT_SECONDS = 10


@dataclass
class Bench:
    jar: Path
    seconds: int
    rounds: int
    warmup: int
    budget_ms: int
    worst_foreign: float = 0.0

    @property
    def short_seconds(self):
        """For figures that are steady soon."""
        return min(self.seconds, LONGEST_SHORT_SECONDS)

    @property
    def numbers(self):
        return range(1, self.rounds + 1)

    def say(self, text, *measured):
        """A line of progress, with a word about every measurement that others disturbed."""
        foreign = max((one["foreignCpu"] for one in measured), default=0.0)
        self.worst_foreign = max(self.worst_foreign, foreign)
        note = f"  (others took {foreign:.0%} of the machine)" if foreign > BUSY else ""
        print(f"{text}{note}", flush=True)


def cores():
    return len(os.sched_getaffinity(0))
