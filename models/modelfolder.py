"""Writes a model's folder, as docs/model-folder.md describes it, for the training scripts.

Every file is a pure function of what the scripts pass in: keys keep the order they are given in, floats are written
with all their digits, lines end in LF, and nothing depends on the time or the machine's name.
"""

import hashlib
import json
import math
from importlib import metadata
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
import yaml
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.covariance import ledoit_wolf

import check

MODELS = Path(__file__).resolve().parent
FRAMEWORK = ["scikit-learn", "skl2onnx", "onnx", "numpy", "pandas"]

# Old enough for any ONNX Runtime of the last years, new enough for every operator we use.
OPSET = {"": 17, "ai.onnx.ml": 3}
IR_VERSION = 8

BINS = 15
TOP_VALUES = 20
GOLDEN_LINES = 60
IMPORTANCE_ROWS = 1000
# At these shares of the training rows it is said how far out they are.
DISTANCE_SHARES = [*(step / 20 for step in range(20)), 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 1.0]
FOLDS = 10
MOST_TOGETHER = 128  # what the service takes
FEWEST_ROWS_FOR_EACH = 5
TOLERANCE = 1e-5
# Rows whose two best classes are closer than this make poor examples: rounding alone could change the label.
CLEAR_MARGIN = 1e-3


def write(model, version, *, graph, contract, reference, golden, card, held_out):
    """Writes `models/<model>/<version>/`, the manifest last. Files of an earlier training are overwritten.

    `held_out` are instances that the model was not trained on, as requests hold them.
    """
    folder = MODELS / model / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    reference = {**reference, "importance": importance(folder, contract, reference, held_out[:IMPORTANCE_ROWS])}
    card = {"name": model, "version": version, **card, "framework": framework_versions()}
    contents = {
        "model.onnx": graph.SerializeToString(deterministic=True),
        "contract.yaml": yaml_text(contract, made_by=model),
        "reference.json": reference_text(reference),
        "golden.jsonl": b"".join(json_line(line) for line in golden),
        "card.yaml": yaml_text(card, made_by=model),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}
    (folder / "manifest.json").write_bytes(json.dumps({"files": digests}, indent=2).encode() + b"\n")


def framework_versions():
    return {package: metadata.version(package) for package in FRAMEWORK}


# --- the graph -------------------------------------------------------------------------------------------------------


def export_classifier(classifier, *, columns, name):
    """The graph of a fitted classifier: `X` float32 [N, columns] in; `label` and `probabilities` out, no ZipMap."""
    return export(classifier, columns, name, options={"zipmap": False})


def export_regressor(regressor, *, columns, name):
    """The graph of a fitted regressor: `X` float32 [N, columns] in; `value` float32 [N, 1] out."""
    return export(regressor, columns, name, final_types=[("value", FloatTensorType([None, 1]))])


def export(estimator, columns, name, **how):
    graph = convert_sklearn(
        estimator,
        name=name,  # the default is a random one
        initial_types=[("X", FloatTensorType([None, columns]))],
        target_opset=OPSET,
        **how,
    )
    return checked(graph)


def checked(graph):
    # skl2onnx names an operator set twice, or in an order that follows Python's hash seed.
    versions = {entry.domain: entry.version for entry in graph.opset_import}
    del graph.opset_import[:]
    graph.opset_import.extend(onnx.helper.make_opsetid(*entry) for entry in sorted(versions.items()))
    graph.ir_version = IR_VERSION
    onnx.checker.check_model(graph, full_check=True)
    return graph


# --- golden examples -------------------------------------------------------------------------------------------------


def golden_classification(instances, probabilities, labels):
    """Examples from the trainer's own probabilities [n, classes]; `labels` names the columns."""
    lines = []
    for instance, row in zip(instances, probabilities, strict=True):
        best = int(np.argmax(row))
        prediction = {
            "label": labels[best],
            "probabilities": dict(zip(labels, map(float, row), strict=True)),
            "confidence": float(row[best]),
        }
        lines.append({"instance": instance, "prediction": prediction, "tolerance": TOLERANCE})
    return lines


def golden_regression(instances, values):
    return [
        {"instance": instance, "prediction": {"value": float(value)}, "tolerance": TOLERANCE}
        for instance, value in zip(instances, values, strict=True)
    ]


def clear_rows(probabilities, limit=GOLDEN_LINES):
    """Positions of the first `limit` rows whose best class is best by a clear margin."""
    ranked = np.sort(probabilities, axis=1)
    return np.flatnonzero(ranked[:, -1] - ranked[:, -2] > CLEAR_MARGIN)[:limit]


# --- reference -------------------------------------------------------------------------------------------------------


def reference(features, training, outputs):
    """What the training rows looked like: a sketch for each feature of the contract, and for each output.

    `training` has a column for each feature; missing values are None, NaN or NaT.
    """
    content = {
        "schemaVersion": 1,
        "rows": len(training),
        "features": {feature["name"]: sketch(feature, training[feature["name"]]) for feature in features},
        "outputs": outputs,
    }
    together = covariance(features, training)
    return {**content, "covariance": together} if together else content


def classification_outputs(probabilities, labels):
    """Sketches of what a classifier answered for rows it was not trained on."""
    answers = pd.Series([labels[best] for best in np.argmax(probabilities, axis=1)], dtype=object)
    return {"label": categorical(answers, labels), "confidence": numeric(pd.Series(np.max(probabilities, axis=1)))}


def regression_outputs(values):
    return {"value": numeric(pd.Series(values))}


def sketch(feature, column):
    match feature["type"]:
        case "number" | "integer":
            return numeric(column)
        case "date":
            return numeric((pd.to_datetime(column) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1))
        case "boolean":
            return categorical(column.map({True: "true", False: "false"}), ["false", "true"])
        case "category":
            return categorical(column, feature["values"])
        case "string":
            return categorical(column, list(most_frequent(column)))
        case "tensor":
            return tensor(np.stack(column.to_list()))
    raise ValueError(f"no sketch for the type {feature['type']} of feature {feature['name']}")


def most_frequent(column):
    counts = column.dropna().value_counts()
    return sorted(counts.index, key=lambda value: (-counts[value], value))[:TOP_VALUES]


def numeric(column):
    """Quantile bins of the values that are there. Bin i holds edges[i-1] <= x < edges[i]; the outer ones are open.

    Edges are values that occur, ties merged and the smallest value left out, so that no bin is empty.
    """
    present = column.dropna().to_numpy(dtype=float)
    quantiles = np.quantile(present, np.arange(1, BINS) / BINS, method="inverted_cdf")
    edges = np.unique(quantiles[quantiles > present.min()])
    counts = np.bincount(np.digitize(present, edges), minlength=len(edges) + 1)
    return {
        "kind": "numeric",
        "rows": len(column),
        "missing": float(column.isna().mean()),
        "edges": edges.tolist(),
        "probabilities": (counts / len(present)).tolist(),
        "mean": float(present.mean()),
        "std": float(present.std()),
        "min": float(present.min()),
        "max": float(present.max()),
    }


def categorical(column, values):
    """Shares of `values` among the values that are there; all the others together are `other`."""
    present = column.dropna()
    counts = {value: int((present == value).sum()) for value in values}
    return {
        "kind": "categorical",
        "rows": len(column),
        "missing": float(column.isna().mean()),
        "categories": {value: count / len(present) for value, count in counts.items()},
        "other": (len(present) - sum(counts.values())) / len(present),
    }


def tensor(rows):
    """Mean and standard deviation of each element, in row-major order, and a sketch of each row's mean."""
    flat = rows.reshape(len(rows), -1).astype(float)
    return {
        "kind": "tensor",
        "rows": len(rows),
        "missing": 0.0,
        "mean": flat.mean(axis=0).tolist(),
        "std": flat.std(axis=0).tolist(),
        "overall": numeric(pd.Series(flat.mean(axis=1))),
    }


def importance(folder, contract, reference, instances):
    """How much each feature matters to the graph's answers: the mean absolute difference that its baseline makes.

    The rows are ones the model was not trained on, because on others it is surer than it will be. Rows are prepared as
    check.py does it, which is what the contract's transforms mean, and not as training did.
    """
    known = {feature["name"]: feature for feature in contract["features"]}
    baseline = {name: middle(feature, reference["features"][name]) for name, feature in known.items()}
    rows = [check.admit(contract, instance) for instance in instances]
    whole = check.predict(folder, contract, rows)
    features = {}
    for name in known:
        without = check.predict(folder, contract, [{**row, name: baseline[name]} for row in rows])
        differences = np.abs([explained(one, one) - explained(one, other) for one, other in zip(whole, without)])
        features[name] = {"mean": float(differences.mean()), "sd": float(differences.std(ddof=1))}
    return {"rows": len(rows), "method": "occlusion", "features": features}


def middle(feature, sketch):
    """A sketch's middle: the largest edge that half of the values reach, the most frequent text, a tensor's mean."""
    match sketch["kind"]:
        case "tensor":
            return np.reshape(sketch["mean"], feature["shape"]).tolist()
        case "categorical":
            text = max(sketch["categories"], key=sketch["categories"].get)
            return text == "true" if feature["type"] == "boolean" else text
    value = [sketch["min"], *sketch["edges"]][int(np.argmax(np.cumsum(sketch["probabilities"]) >= 0.5))]
    return str(np.datetime64(int(value), "D")) if feature["type"] == "date" else value


def explained(of, answer):
    """The number of an answer that is explained: the probability of the label of another one, or the value."""
    return answer["probabilities"][of["label"]] if "label" in of else answer["value"]


def covariance(features, training):
    """How the numbers of a row go together, and how far out training rows are by that; None where it can't be told.

    Features that are sensitive, constant, or missing in more than half of the rows are left out. Those that are missing
    more often come later: a missing value counts as what the features before it let expect.
    """
    names = [f["name"] for f in features if f["type"] in ("number", "integer") and not f.get("sensitive")]
    numbers = training[names].astype(float)
    missing = numbers.isna().mean()
    names = [name for name in names if missing[name] <= 0.5 and numbers[name].std() > 0]
    names = sorted(names, key=lambda name: missing[name])[:MOST_TOGETHER]  # the sort is stable
    values = numbers[names].to_numpy()
    complete = values[~np.isnan(values).any(axis=1)]
    if len(names) < 2 or len(complete) < FEWEST_ROWS_FOR_EACH * len(names):
        return None
    # A row that helped to estimate lies nearer than a new one: each is measured by what the other folds say.
    fold = np.arange(len(values)) % FOLDS
    distances = np.empty(len(values))
    for one in range(FOLDS):
        others = values[fold != one]
        distances[fold == one] = squared_distances(values[fold == one], *together(others))
    mean, deviation, correlation, shrinkage = together(values)
    return {
        "rows": len(complete),
        "features": names,
        "mean": mean.tolist(),
        "std": deviation.tolist(),
        "shrinkage": float(shrinkage),
        "correlation": [row[:position].tolist() for position, row in enumerate(correlation)][1:],
        "shares": DISTANCE_SHARES,
        "distances": np.quantile(distances, DISTANCE_SHARES).tolist(),
    }


def together(values):
    """Means, deviations and correlations of the complete rows, the latter drawn towards 0 as Ledoit and Wolf advise."""
    complete = values[~np.isnan(values).any(axis=1)]
    mean, deviation = complete.mean(axis=0), complete.std(axis=0)
    correlation, shrinkage = ledoit_wolf((complete - mean) / deviation)
    return mean, deviation, correlation, shrinkage


def squared_distances(values, mean, deviation, correlation, _shrinkage):
    """Squared Mahalanobis distances; a missing value adds nothing, being where the features before it let expect it."""
    factor = np.linalg.cholesky(correlation)
    standard = (values - mean) / deviation
    steps = np.zeros_like(standard)
    for position in range(standard.shape[1]):
        known = steps[:, :position] @ factor[position, :position]
        steps[:, position] = np.nan_to_num((standard[:, position] - known) / factor[position, position])
    return (steps**2).sum(axis=1)


# --- text ------------------------------------------------------------------------------------------------------------


def json_line(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def reference_text(content):
    """JSON with one line for each sketch: long arrays stay on one line, and a diff names the feature."""
    sections = []
    for key, value in content.items():
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        if isinstance(value, dict):
            lines = [f"    {json.dumps(name)}: {json_line(one).decode().strip()}" for name, one in value.items()]
            text = "{\n" + ",\n".join(lines) + "\n  }"
        sections.append(f"  {json.dumps(key)}: {text}")
    return ("{\n" + ",\n".join(sections) + "\n}\n").encode()


class FolderDumper(yaml.SafeDumper):
    """Block style, with short lists and transforms on one line, the way a person would write a contract."""

    ONE_LINE = {"transforms", "elements", "values", "shape", "labels", "example", "cache", "fallback"}

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)

    def represent_mapping(self, tag, mapping, flow_style=None):
        node = super().represent_mapping(tag, mapping, flow_style)
        for key, value in node.value:
            names = key.value == "features" and all(isinstance(item, yaml.ScalarNode) for item in value.value)
            if not isinstance(value, yaml.ScalarNode) and (names or key.value in self.ONE_LINE):
                value.flow_style = True
        return node


def yaml_text(content, *, made_by):
    body = yaml.dump(
        content, Dumper=FolderDumper, sort_keys=False, default_flow_style=False, allow_unicode=True, width=110
    )
    return f"# Made by models/{made_by}/train.py. Change the script, not this file.\n{body}".encode()


# --- numbers for contracts -------------------------------------------------------------------------------------------


def generous_maximum(column):
    """A round bound well above what was seen: at least 3 times the maximum, and 1, 2 or 5 times a power of ten."""
    wanted = 3 * float(np.max(column))
    power = 10.0 ** math.floor(math.log10(wanted))
    bound = next(step * power for step in (1, 2, 5, 10) if step * power >= wanted)
    return float(f"{bound:.0e}")  # drops the dust of 10.0 ** negative
