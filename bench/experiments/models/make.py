"""Makes the models that bench/overload and bench/lifecycle load: `make.py FOLDER` writes FOLDER/wide, FOLDER/deep and
FOLDER/heavy, each a models' folder.

Both take 16 numbers and answer one. Weights are random, with a fixed seed, and scaled so that a layer keeps the size of
what goes through it.

wide: 67 million parameters, 268 MB. A lone row reads them all for little arithmetic, so rows in company cost far less.
heavy: the same with twice the layers, 537 MB, to be loaded while others serve.
deep: each row becomes a sequence of 256 tokens, so a lone row's matrices are large already, and company saves nothing. It
has as many layers as take this machine 40 ms a row on one core.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from loop import measured, session
from onnx import TensorProto, helper, numpy_helper

INPUTS = 16
OPSET = 17
IR_VERSION = 8
WIDE_WIDTH, WIDE_LAYERS, HEAVY_LAYERS = 4096, 4, 8
DEEP_WIDTH, DEEP_TOKENS = 512, 256
DEEP_MILLIS = 40
GOLDEN_LINES = 8
# Relative to 1 or the value, whichever is larger: sums over 4096 products in float32 differ by kernel.
TOLERANCE = 1e-3

CONTRACT = """\
# Made by bench/experiments/models/make.py.
schemaVersion: 1.0.0
description: Sixteen numbers without a meaning
features:
  - {name: x, type: tensor, shape: [16]}
outputs: {task: regression, value: value}
"""


class Net:
    """A graph in the making: each call appends a step to what came before."""

    def __init__(self, name):
        self.name = name
        self.random = np.random.default_rng(20261125)
        self.nodes, self.weights = [], []
        self.last = "X"

    def step(self, operator, *values, **attributes):
        names = [f"w{len(self.weights) + index}" for index in range(len(values))]
        self.weights += [numpy_helper.from_array(value, name) for value, name in zip(values, names)]
        output = f"y{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, [self.last, *names], [output], **attributes))
        self.last = output
        return self

    def dense(self, inputs, outputs):
        return self.step("MatMul", self.normal(np.sqrt(2 / inputs), inputs, outputs)).step("Relu")

    def value(self, inputs):
        """The last step: one number a row."""
        self.step("MatMul", self.normal(np.sqrt(1 / inputs), inputs, 1))
        self.nodes[-1].output[0] = "value"
        return self

    def normal(self, scale, *shape):
        return (self.random.standard_normal(shape) * scale).astype(np.float32)

    def model(self):
        graph = helper.make_graph(
            self.nodes,
            self.name,
            [helper.make_tensor_value_info("X", TensorProto.FLOAT, ["N", INPUTS])],
            [helper.make_tensor_value_info("value", TensorProto.FLOAT, ["N", 1])],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model


def wide(layers):
    net = Net("wide").dense(INPUTS, WIDE_WIDTH)
    for _ in range(layers):
        net.dense(WIDE_WIDTH, WIDE_WIDTH)
    return net.value(WIDE_WIDTH).model()


def deep(layers):
    net = Net("deep").step("Unsqueeze", np.array([1], dtype=np.int64))
    net.step("Add", net.normal(1.0, DEEP_TOKENS, INPUTS)).dense(INPUTS, DEEP_WIDTH)
    for _ in range(layers):
        net.dense(DEEP_WIDTH, DEEP_WIDTH)
    return net.step("ReduceMean", axes=[1], keepdims=0).value(DEEP_WIDTH).model()


def fitting_layers(folder):
    """How many layers take the wanted time, from what a few and twice as many take."""
    millis = {}
    for layers in (4, 8):
        trial = folder / "trial.onnx"
        onnx.save(deep(layers), trial)
        millis[layers] = measured(session(trial, threads=1), rows=1)["cpuMillis"]
        trial.unlink()
    each = (millis[8] - millis[4]) / 4
    return max(1, round(4 + (DEEP_MILLIS - millis[4]) / each))


def write(folder, name, model):
    """A models' folder of its own, with one model and one version."""
    version = folder / name / name / "1"
    version.mkdir(parents=True, exist_ok=True)
    (folder / name / "routes.yaml").write_text(f'default: {name}\nmodels:\n  {name}:\n    stable: "1"\n')
    (version / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (version / "contract.yaml").write_text(CONTRACT)
    (version / "golden.jsonl").write_text("".join(golden(version / "model.onnx")))
    digests = {file: hashlib.sha256((version / file).read_bytes()).hexdigest()
               for file in ("contract.yaml", "golden.jsonl", "model.onnx")}
    (version / "manifest.json").write_text(json.dumps({"files": digests}, indent=2) + "\n")


def golden(graph):
    rows = np.random.default_rng(1).standard_normal((GOLDEN_LINES, INPUTS)).astype(np.float32)
    values = session(graph, threads=1).run(None, {"X": rows})[0][:, 0]
    if not np.isfinite(values).all():
        raise ValueError(f"{graph} answers {values}")
    for row, value in zip(rows, values):
        yield json.dumps({
            "instance": {"x": [float(x) for x in row]},
            "prediction": {"value": float(value)},
            "tolerance": TOLERANCE,
        }) + "\n"


def main(folder):
    onnxruntime.disable_telemetry_events()
    folder.mkdir(parents=True, exist_ok=True)
    layers = fitting_layers(folder)
    write(folder, "deep", deep(layers))
    write(folder, "wide", wide(WIDE_LAYERS))
    write(folder, "heavy", wide(HEAVY_LAYERS))
    print(json.dumps({"deepLayers": layers}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
