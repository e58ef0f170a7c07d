"""A forest that is replaced again and again: whether its memory comes back."""

import hashlib
import json
import shutil
import time
import urllib.request

from comparison.load import post
from comparison.paths import ROOT, BenchFailure

from . import made
from .goals import Goal
from .subject import Subject

RELOADS = 200
FIRST_RELOADS = 40
HEAP_MIB = 256
LONGEST_SECONDS = 30
POLL_SECONDS = 0.02
GROWTH = 0.1


def run(bench):
    models = own_folder()
    settings = (f"--evenkeel.models.path={models}", "--evenkeel.models.poll=50ms")
    with Subject(bench, "reloads", settings=settings, heap_mib=HEAP_MIB) as subject:
        reload(bench, subject, models, FIRST_RELOADS)
        before = subject.memory()
        reload(bench, subject, models, RELOADS)
        after = subject.memory()
    figures = {"reloads": RELOADS, "before": before, "after": after,
               "growth": round(after["residentMiB"] / before["residentMiB"] - 1, 4)}
    bench.say(f"{before['residentMiB']} MiB resident before {RELOADS} reloads, {after['residentMiB']} MiB after")
    return figures, [Goal(f"growth of the process over {RELOADS} reloads", figures["growth"], at_most=GROWTH)]


def own_folder():
    models = made.MODELS / "reloads"
    shutil.rmtree(models, ignore_errors=True)
    shutil.copytree(ROOT / "models" / "breast-cancer" / "1", models / "breast-cancer" / "1")
    return models


def reload(bench, subject, models, times):
    """Each time the card says another thing, so that the folder holds something else."""
    version = models / "breast-cancer" / "1"
    for number in range(times):
        before = loads(subject)
        change(version, number)
        end = time.monotonic() + LONGEST_SECONDS
        while loads(subject) == before:
            if time.monotonic() > end:
                raise BenchFailure("a changed folder wasn't loaded")
            time.sleep(POLL_SECONDS)
        if number % 50 == 49:
            bench.say(f"{number + 1} of {times} reloads")


def loads(subject):
    """Since when what serves does so. An answer in between, so that each one has run."""
    post(subject.url, subject.body_file.read_bytes())
    url = f"http://127.0.0.1:{subject.port}/v1/models/breast-cancer/versions/1"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["since"]


def change(version, number):
    card = version / "card.yaml"
    text = card.read_text().partition("\n# changed")[0]
    card.write_text(f"{text}\n# changed {number} at {time.time_ns()}\n")
    manifest = json.loads((version / "manifest.json").read_text())
    manifest["files"]["card.yaml"] = hashlib.sha256(card.read_bytes()).hexdigest()
    (version / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
