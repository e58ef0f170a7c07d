"""Checks every bundled version against the documentation, without the code that trained it: `python models/check.py`.

For each version: that its files are the ones we make, with the manifest's digests; that the examples and each golden
instance keep the contract; and that the contract's transforms, written here a second time, followed by ONNX Runtime
give each golden answer within its tolerance.
"""

import hashlib
import json
import math
import re
from datetime import date
from pathlib import Path

import numpy as np
import onnxruntime
import yaml
from sklearn.utils import murmurhash3_32

MODELS = Path(__file__).resolve().parent
FILES = {"model.onnx", "contract.yaml", "reference.json", "golden.jsonl", "card.yaml", "manifest.json"}
FEWEST_GOLDEN_LINES = 50
EPOCH = date(1970, 1, 1)
COMPARE = {
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def main():
    for folder in sorted(path.parent for path in MODELS.glob("*/*/manifest.json")):
        check_files(folder)
        contract = yaml.safe_load((folder / "contract.yaml").read_text(encoding="utf-8"))
        lines = [json.loads(line) for line in (folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
        reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
        assert list(reference["features"]) == [feature["name"] for feature in contract["features"]]
        check_covariance(reference, contract)
        admit(contract, {feature["name"]: feature["example"] for feature in contract["features"]})
        assert len(lines) >= FEWEST_GOLDEN_LINES
        rows = [admit(contract, line["instance"]) for line in lines]
        predictions = predict(folder, contract, rows)
        worst = max(difference(line, found) for line, found in zip(lines, predictions, strict=True))
        size = (folder / "model.onnx").stat().st_size
        print(f"{folder.parent.name} {folder.name}: {len(lines)} golden lines, worst {worst:.1e}, {size} bytes")


def check_files(folder):
    names = {path.name for path in folder.iterdir()}
    assert names == FILES, f"{folder}: {names ^ FILES} is missing or too much"
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "manifest.json"
    }
    assert listed == found, f"{folder}: the manifest does not agree with the files"


def check_covariance(reference, contract):
    """Where there is one: numbers of the contract, correlations that can be, and distances that ascend."""
    if "covariance" not in reference:
        return
    found = reference["covariance"]
    types = {feature["name"]: feature["type"] for feature in contract["features"]}
    assert all(types[name] in ("number", "integer") for name in found["features"])
    correlation = np.eye(len(found["features"]))
    for position, row in enumerate(found["correlation"], start=1):
        correlation[position, :position] = correlation[:position, position] = row
    assert np.linalg.eigvalsh(correlation).min() > 0
    assert len(found["mean"]) == len(found["std"]) == len(correlation) and min(found["std"]) > 0
    assert found["shares"] == sorted(set(found["shares"])) and found["distances"] == sorted(found["distances"])
    assert len(found["shares"]) == len(found["distances"])


def difference(line, found):
    """The largest difference as a share of the tolerance's scale; fails if one is beyond the tolerance."""
    expected = line["prediction"]
    assert expected.get("label") == found.get("label"), (expected, found)
    pairs = [(expected[key], found[key]) for key in ("value", "confidence") if key in expected]
    pairs += [(value, found["probabilities"][label]) for label, value in expected.get("probabilities", {}).items()]
    worst = max(abs(a - b) / max(1, abs(a)) for a, b in pairs)
    assert worst <= line["tolerance"], (expected, found)
    return worst


# --- the contract ----------------------------------------------------------------------------------------------------


def admit(contract, instance):
    """The instance's values, clamped where the contract says so; fails if the instance breaks the contract."""
    known = {feature["name"]: feature for feature in contract["features"]}
    assert instance.keys() <= known.keys()
    row = {name: admit_value(feature, instance) for name, feature in known.items()}
    for rule in contract.get("rules", []):
        assert holds(rule, row), (rule, row)
    return row


def admit_value(feature, instance):
    name = feature["name"]
    assert name in instance or not feature.get("required", True), f"{name} is absent"
    value = instance.get(name)
    if value is None:
        assert name not in instance or feature.get("nullable", False), f"{name} is null"
        return None
    match feature["type"]:
        case "number" | "integer" | "date":
            return in_range(feature, value)
        case "category":
            assert value in feature["values"] or feature.get("unknown") == "other", f"{name}: {value}"
        case "string":
            assert re.search(feature.get("pattern", ""), value), f"{name}: {value}"
            assert feature.get("minLength", 0) <= len(value) <= feature["maxLength"], f"{name}: {value}"
        case "boolean":
            assert isinstance(value, bool)
        case "tensor":
            elements = np.asarray(value, dtype=float)
            assert list(elements.shape) == feature["shape"]
            assert elements.min() >= feature["elements"]["minimum"]
            assert elements.max() <= feature["elements"]["maximum"]
    return value


def in_range(feature, value):
    """ISO dates compare as text the way they do as dates."""
    name, minimum, maximum = feature["name"], feature.get("minimum", value), feature.get("maximum", value)
    assert "exclusiveMinimum" not in feature or value > feature["exclusiveMinimum"], f"{name}: {value}"
    assert "exclusiveMaximum" not in feature or value < feature["exclusiveMaximum"], f"{name}: {value}"
    if feature.get("outOfRange") == "clamp":
        return min(max(value, minimum), maximum)
    assert minimum <= value <= maximum or feature.get("outOfRange") == "warn", f"{name}: {value}"
    return value


def holds(rule, row):
    if "check" in rule:
        left, operator, right = rule["check"].split()
        missing = row[left] is None or row[right] is None
        return missing or COMPARE[operator](row[left], row[right])
    name, wanted = rule["when"].split(" = ")
    actual = json.dumps(row[name]) if isinstance(row[name], bool) else str(row[name])
    return actual != wanted or row[rule["require"]] is not None


# --- from rows to predictions ----------------------------------------------------------------------------------------


def predict(folder, contract, rows):
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    graph_inputs = {entry.name: entry.shape for entry in session.get_inputs()}
    feeds = {}
    for entry in contract.get("inputs") or [untransformed(contract, graph_inputs)]:
        columns = np.array([to_columns(contract, entry, row) for row in rows])
        shape = [len(rows), *graph_inputs[entry["tensor"]][1:]]
        feeds[entry["tensor"]] = columns.astype(np.float32).reshape(shape)
    names = [entry.name for entry in session.get_outputs()]
    return read(contract["outputs"], dict(zip(names, session.run(None, feeds), strict=True)))


def untransformed(contract, graph_inputs):
    (tensor,) = graph_inputs
    names = [feature["name"] for feature in contract["features"]]
    return {"tensor": tensor, "columns": [{"features": names, "transforms": ["passthrough"]}]}


def read(outputs, tensors):
    if outputs["task"] == "regression":
        return [{"value": float(value)} for value in tensors[outputs["value"]].reshape(-1)]
    labels = outputs["labels"]
    answers = []
    for index, row in enumerate(tensors[outputs["probabilities"]].tolist()):
        best = max(range(len(labels)), key=row.__getitem__)
        label = str(tensors[outputs["label"]][index]) if "label" in outputs else labels[best]
        answers.append({"label": label, "probabilities": dict(zip(labels, row, strict=True)), "confidence": row[best]})
    return answers


def to_columns(contract, entry, row):
    known = {feature["name"]: feature for feature in contract["features"]}
    columns = []
    for column in entry["columns"]:
        for name in column.get("features", [column.get("feature")]):
            columns += transform(known[name], row[name], column["transforms"])
    return columns


def transform(feature, value, steps):
    """The columns of one feature. `value` is a list of one value, or of a tensor's elements, until it is encoded."""
    values = np.asarray(value, dtype=float).reshape(-1).tolist() if feature["type"] == "tensor" else [value]
    for step in steps:
        name, argument = (step, None) if isinstance(step, str) else next(iter(step.items()))
        values = [column for one in values for column in apply(name, argument, one, feature)]
    return [number(value) for value in values]


def apply(name, argument, value, feature):
    match name:
        case "passthrough":
            return [number(value)]
        case "impute":
            return [argument if value is None else value]
        case "missingIndicator":
            return [1.0 if value is None else 0.0]
        case "standardize":
            return [(number(value) - argument["mean"]) / argument["scale"]]
        case "minMax":
            return [(number(value) - argument["min"]) / (argument["max"] - argument["min"])]
        case "log1p":
            return [math.log1p(number(value))]
        case "clip":
            return [min(max(number(value), argument.get("min", -math.inf)), argument.get("max", math.inf))]
        case "bucketize":
            index = sum(edge <= number(value) for edge in argument["edges"])
            return indexed(index, len(argument["edges"]) + 1, argument.get("output", "index"))
        case "oneHot":
            known = (argument or {}).get("values", feature.get("values"))
            other = value is not None and value not in known
            extra = [float(other)] if (argument or {}).get("other", False) else []
            return [float(value == one) for one in known] + extra
        case "ordinal":
            known = (argument or {}).get("values", feature.get("values"))
            return [float(known.index(value) if value in known else (argument or {}).get("unknown", -1))]
        case "hash":
            index = murmurhash3_32(value, seed=argument.get("seed", 0), positive=True) % argument["buckets"]
            return indexed(index, argument["buckets"], argument.get("output", "oneHot"))
        case "dateParts":
            return [date_part(part, date.fromisoformat(value), argument) for part in argument["parts"]]
    raise ValueError(f"{name} is not a transform")


def number(value):
    return float((date.fromisoformat(value) - EPOCH).days if isinstance(value, str) else value)


def indexed(index, size, output):
    return [float(index)] if output == "index" else [float(index == position) for position in range(size)]


def date_part(part, day, argument):
    day_of_year = day.timetuple().tm_yday
    angles = {
        "month": 2 * math.pi * (day.month - 1) / 12,
        "dayOfWeek": 2 * math.pi * (day.isoweekday() - 1) / 7,
        "dayOfYear": 2 * math.pi * (day_of_year - 1) / 365.25,
    }
    if part.endswith("Sin"):
        return math.sin(angles[part.removesuffix("Sin")])
    if part.endswith("Cos"):
        return math.cos(angles[part.removesuffix("Cos")])
    if part == "daysSince":
        return (day - date.fromisoformat(argument["reference"])).days
    return {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "dayOfWeek": day.isoweekday(),
        "dayOfYear": day_of_year,
    }[part]


if __name__ == "__main__":
    main()
