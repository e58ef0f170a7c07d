"""Makes the small graphs of the Java tests: `python src/test/models/make_graphs.py`.

They go to src/test/resources/graphs/. Each shows one thing that the bundled models don't. Those with data, from which a
folder is drafted, go to src/test/resources/draft/. Running this twice on one machine gives the same bytes.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "models"))
sys.dont_write_bytecode = True
import modelfolder

GRAPHS = ROOT / "src/test/resources/graphs"
DRAFT = ROOT / "src/test/resources/draft"
POISON = 666
SLOW_PRODUCTS, SLOW_SIZE = 200, 400


def main():
    GRAPHS.mkdir(parents=True, exist_ok=True)
    iris = load_iris()
    zipmap("zipmap", iris.data, iris.target_names[iris.target].astype(str))
    zipmap("zipmap_int", iris.data, iris.target)
    types()
    nan()
    fixed_batch()
    slow()
    poison()
    tag()
    mingling()
    single()
    linear()
    DRAFT.mkdir(parents=True, exist_ok=True)
    wine()
    visits()


def zipmap(name, rows, classes):
    """A classifier whose probabilities are a sequence of maps, and what scikit-learn says to ten rows."""
    classifier = LogisticRegression(max_iter=1000).fit(rows, classes)
    graph = convert_sklearn(
        classifier,
        name=name,
        initial_types=[("X", FloatTensorType([None, rows.shape[1]]))],
        target_opset=modelfolder.OPSET,
        options={"zipmap": True},
    )
    save(name, modelfolder.checked(graph))
    chosen = rows[::15]
    answers = [
        {
            "row": row.tolist(),
            "label": str(label),
            "probabilities": dict(zip(map(str, classifier.classes_), map(float, probabilities), strict=True)),
        }
        for row, label, probabilities in zip(
            chosen, classifier.predict(chosen), classifier.predict_proba(chosen), strict=True
        )
    ]
    lines = ",\n".join("  " + json.dumps(answer) for answer in answers)
    (GRAPHS / f"{name}.golden.json").write_bytes(f"[\n{lines}\n]\n".encode())


def types():
    """One input of each element type, each given back unchanged."""
    kinds = {
        "f": (TensorProto.FLOAT, 2),
        "d": (TensorProto.DOUBLE, 2),
        "i": (TensorProto.INT64, 1),
        "j": (TensorProto.INT32, 1),
        "b": (TensorProto.BOOL, 1),
        "s": (TensorProto.STRING, 1),
    }
    build(
        "types",
        nodes=[helper.make_node("Identity", [name], [f"{name}_out"]) for name in kinds],
        inputs=[tensor(name, kind, ["N", width]) for name, (kind, width) in kinds.items()],
        outputs=[tensor(f"{name}_out", kind, ["N", width]) for name, (kind, width) in kinds.items()],
    )


def nan():
    """value = ln(X): NaN below zero, minus infinity at zero."""
    build(
        "nan", nodes=[helper.make_node("Log", ["X"], ["value"])], inputs=[floats("X", 1)], outputs=[floats("value", 1)]
    )


def fixed_batch():
    """The sum of a row's three columns, one row at a time only."""
    build(
        "fixed_batch",
        nodes=[helper.make_node("ReduceSum", ["X", "columns"], ["value"], keepdims=1)],
        inputs=[tensor("X", TensorProto.FLOAT, [1, 3])],
        outputs=[tensor("value", TensorProto.FLOAT, [1, 1])],
        constants={"columns": np.array([1], dtype=np.int64)},
    )


def slow():
    """The sum of a row's columns, after a long chain of large matrix products that changes nothing.

    The chain starts from the input, so that it can't be computed when the graph is loaded, and all products share one
    weight, which the file holds as its shape. Its end is multiplied by zero. A run can be cancelled between two nodes.
    """
    size = [SLOW_SIZE, SLOW_SIZE]
    share = numpy_helper.from_array(np.array([1 / SLOW_SIZE], dtype=np.float32))
    chain = [
        helper.make_node("MatMul", [f"product_{step}", "weight"], [f"product_{step + 1}"])
        for step in range(SLOW_PRODUCTS)
    ]
    build(
        "slow",
        nodes=[
            helper.make_node("ConstantOfShape", ["size"], ["weight"], value=share),
            helper.make_node("ReduceMean", ["X"], ["mean"], keepdims=1),
            helper.make_node("Expand", ["mean", "size"], ["product_0"]),
            *chain,
            helper.make_node("ReduceMean", [f"product_{SLOW_PRODUCTS}"], ["end"], keepdims=1),
            helper.make_node("Mul", ["end", "zero"], ["nothing"]),
            helper.make_node("ReduceSum", ["X", "columns"], ["sum"], keepdims=1),
            helper.make_node("Add", ["sum", "nothing"], ["value"]),
        ],
        inputs=[floats("X", 16)],
        outputs=[floats("value", 1)],
        constants={
            "size": np.array(size, dtype=np.int64),
            "zero": np.array([[0]], dtype=np.float32),
            "columns": np.array([1], dtype=np.int64),
        },
    )


def poison():
    """value = 2 X, but one 666 anywhere in the batch fails the whole run: it makes an index that is out of range."""
    build(
        "poison",
        nodes=[
            helper.make_node("Equal", ["X", "poison"], ["is_poison"]),
            helper.make_node("Cast", ["is_poison"], ["count_of_each"], to=TensorProto.INT64),
            helper.make_node("ReduceSum", ["count_of_each"], ["count"], keepdims=0),
            helper.make_node("Gather", ["only_zero", "count"], ["nothing"]),
            helper.make_node("Mul", ["X", "two"], ["doubled"]),
            helper.make_node("Add", ["doubled", "nothing"], ["value"]),
        ],
        inputs=[floats("X", 1)],
        outputs=[floats("value", 1)],
        constants={
            "poison": np.array(POISON, dtype=np.float32),
            "only_zero": np.array([0], dtype=np.float32),
            "two": np.array(2, dtype=np.float32),
        },
    )


def tag():
    """value = the first column, so that an answer tells which row it belongs to; the rest is a little work."""
    first = np.array([[1], [0], [0], [0]], dtype=np.float32)
    mixed = (np.arange(16, dtype=np.float32).reshape(4, 4) - 8) / 16
    build(
        "tag",
        nodes=[
            helper.make_node("MatMul", ["X", "first"], ["tag"]),
            helper.make_node("MatMul", ["X", "mixed"], ["weighted"]),
            helper.make_node("Tanh", ["weighted"], ["activated"]),
            helper.make_node("MatMul", ["activated", "zeros"], ["nothing"]),
            helper.make_node("Add", ["tag", "nothing"], ["value"]),
        ],
        inputs=[floats("X", 4)],
        outputs=[floats("value", 1)],
        constants={"first": first, "mixed": mixed, "zeros": np.zeros((4, 1), dtype=np.float32)},
    )


def mingling():
    """value = X less the mean of the whole batch: a row's answer depends on its company."""
    build(
        "mingling",
        nodes=[
            helper.make_node("ReduceMean", ["X"], ["mean"], axes=[0], keepdims=1),
            helper.make_node("Sub", ["X", "mean"], ["value"]),
        ],
        inputs=[floats("X", 1)],
        outputs=[floats("value", 1)],
    )


def single():
    """value = X, with a size inside that only one row has."""
    build(
        "single",
        nodes=[
            helper.make_node("Reshape", ["X", "one"], ["row"]),
            helper.make_node("Identity", ["row"], ["value"]),
        ],
        inputs=[floats("X", 1)],
        outputs=[tensor("value", TensorProto.FLOAT, ["N", 1])],
        constants={"one": np.array([1, 1], dtype=np.int64)},
    )


def linear():
    """value = 2 a - 3 b + 0.5 c + 1, in double precision, so that attributions are known to many digits."""
    build(
        "linear",
        nodes=[
            helper.make_node("MatMul", ["X", "weights"], ["weighted"]),
            helper.make_node("Add", ["weighted", "one"], ["value"]),
        ],
        inputs=[tensor("X", TensorProto.DOUBLE, ["N", 3])],
        outputs=[tensor("value", TensorProto.DOUBLE, ["N", 1])],
        constants={"weights": np.array([[2.0], [-3.0], [0.5]]), "one": np.array([1.0])},
    )


# --- what folders are drafted from -----------------------------------------------------------------------------------


def wine():
    """Thirteen numbers in one tensor, classes by position; the reference is what the training scripts would write."""
    data = load_wine(as_frame=True)
    forest = RandomForestClassifier(n_estimators=8, max_depth=4, random_state=0)
    forest.fit(data.data.to_numpy(np.float32)[::2], data.target[::2])
    graph = modelfolder.export_classifier(forest, columns=data.data.shape[1], name="wine")
    save("wine", graph, DRAFT)
    rows = data.data.assign(cultivar=data.target_names[data.target])
    rows.to_csv(DRAFT / "wine.csv", index=False)
    features = [{"name": column, "type": "number"} for column in data.data]
    reference = modelfolder.reference(features, data.data, {})
    (DRAFT / "wine.reference.json").write_bytes(modelfolder.reference_text(reference))


def visits():
    """One input for each column, texts among them; gaps, dates that the graph doesn't take, and classes with names."""
    chance = np.random.default_rng(0)
    count = 240
    rows = pd.DataFrame(
        {
            "Age (years)": chance.integers(18, 90, count),
            "spent": chance.lognormal(3, 1, count).round(2),
            "city": chance.choice(["Bern", "Genève", "Zürich"], count),
            "member": chance.choice([True, False], count),
            "came": pd.date_range("2024-01-01", periods=count).strftime("%Y-%m-%d"),
        }
    )
    again = rows["Age (years)"] / 60 + rows["city"].eq("Bern") + chance.normal(0, 0.3, count) > 1.2
    rows.loc[::9, "spent"] = np.nan
    taken = {"age_years": rows["Age (years)"].astype(float), "spent": rows["spent"], "city": rows["city"]}
    training = pd.DataFrame(taken)
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["age_years", "spent"]),
            ("texts", OneHotEncoder(handle_unknown="ignore"), ["city"]),
        ]
    )
    outcome = again.map({True: "returns", False: "stays away"})
    model = make_pipeline(prepare, LogisticRegression()).fit(training, outcome)
    graph = convert_sklearn(
        model,
        name="visits",
        initial_types=[
            ("age_years", FloatTensorType([None, 1])),
            ("spent", FloatTensorType([None, 1])),
            ("city", StringTensorType([None, 1])),
        ],
        target_opset=modelfolder.OPSET,
        options={"zipmap": False},
    )
    save("visits", modelfolder.checked(graph), DRAFT)
    rows.assign(outcome=outcome).to_csv(DRAFT / "visits.csv", index=False)


# --- the common part -------------------------------------------------------------------------------------------------


def floats(name, columns):
    return tensor(name, TensorProto.FLOAT, ["N", columns])


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def build(name, *, nodes, inputs, outputs, constants=None):
    initializers = [numpy_helper.from_array(array, key) for key, array in (constants or {}).items()]
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    operators = [helper.make_opsetid("", modelfolder.OPSET[""])]
    save(name, modelfolder.checked(helper.make_model(graph, opset_imports=operators, producer_name="evenkeel-tests")))


def save(name, graph, folder=GRAPHS):
    (folder / f"{name}.onnx").write_bytes(graph.SerializeToString(deterministic=True))


if __name__ == "__main__":
    with threadpool_limits(limits=1):  # sums in another order would end in other digits
        main()
