"""Measures importance on the golden instances of the bundled versions: `python src/test/models/occlusion.py`.

Writes src/test/resources/occlusion.json, against which a Java test holds what the server measures.
"""

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "models"))
sys.dont_write_bytecode = True
import modelfolder


def main():
    measured = {}
    for folder in sorted(path.parent for path in modelfolder.MODELS.glob("*/*/manifest.json")):
        contract = yaml.safe_load((folder / "contract.yaml").read_text(encoding="utf-8"))
        reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
        golden = (folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()
        instances = [json.loads(line)["instance"] for line in golden]
        name = f"{folder.parent.name}/{folder.name}"
        measured[name] = modelfolder.importance(folder, contract, reference, instances)
    (ROOT / "src/test/resources/occlusion.json").write_bytes(modelfolder.reference_text(measured))


if __name__ == "__main__":
    main()
