"""Where things lie. Everything the benchmark makes goes under target/bench, but for Node's own node_modules."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "bench" / "peers"
OUT = ROOT / "target" / "bench"
MODEL = ROOT / "models" / "breast-cancer" / "1"


class BenchFailure(Exception):
    """A run that must not be believed, or could not be made. Its text is for the person at the terminal."""
