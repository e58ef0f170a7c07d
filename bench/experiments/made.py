"""The models that bench/overload makes, and the plain loop over ONNX Runtime that it holds the server against."""

import json
import os
import subprocess
from pathlib import Path

from comparison import servers
from comparison.paths import OUT, BenchFailure

SCRIPTS = Path(__file__).with_name("models")
REQUIREMENTS = SCRIPTS / "requirements.txt"
VENV = OUT / "venv" / "models"
MODELS = OUT / "models"

# What a row of the deep model may cost on one core, in ms. On another machine it is made anew.
DEEP_ROW = (30, 55)


def prepare():
    """Installs what makes the models, and makes them, unless that was done before from the same sources."""
    servers.once("Python packages of the models", [REQUIREMENTS], VENV, lambda: servers.make_venv(VENV, REQUIREMENTS))
    sources = [REQUIREMENTS, SCRIPTS / "make.py", SCRIPTS / "loop.py"]
    servers.once("models wide and deep", sources, MODELS, make)
    if not DEEP_ROW[0] <= plain_loop("deep", [1], threads=1)[1]["cpuMillis"] <= DEEP_ROW[1]:
        print("models wide and deep, sized for this machine …", flush=True)
        make()


def make():
    python(SCRIPTS / "make.py", MODELS)


def folder(name):
    """A models' folder with one model in it, for `evenkeel.models.path`."""
    return MODELS / name


def version(name):
    return folder(name) / name / "1"


def plain_loop(name, rows, threads, seconds=1.0):
    """What loop.py found, by a run's rows."""
    printed = python(SCRIPTS / "loop.py", version(name) / "model.onnx", threads, seconds, *rows)
    return {int(size): found for size, found in json.loads(printed).items()}


def python(*command):
    ended = subprocess.run([str(VENV / "bin" / "python"), "-B", *map(str, command)], capture_output=True, text=True,
                           env={**os.environ, "ORT_DISABLE_TELEMETRY": "1"}, stdin=subprocess.DEVNULL, timeout=600)
    if ended.returncode != 0:
        raise BenchFailure(f"{command[0].name} failed:\n{ended.stderr[-3000:]}")
    return ended.stdout
