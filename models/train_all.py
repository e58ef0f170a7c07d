"""Trains every bundled model again, each by its own script: `python models/train_all.py`."""

import subprocess
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parent


def main():
    for script in sorted(MODELS.glob("*/train.py")):
        print(script.parent.name, flush=True)
        # -B leaves no __pycache__ folder among the versions.
        subprocess.run([sys.executable, "-B", str(script)], check=True)


if __name__ == "__main__":
    main()
