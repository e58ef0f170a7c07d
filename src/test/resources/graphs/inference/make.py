"""Makes the graphs beside this file: signatures io.evenkeel.inference refuses or treats apart. Needs onnx 1.23.2."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper

HERE = Path(__file__).parent


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs):
    graph = helper.make_graph(nodes, name, inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(model)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


# A batch of exactly four rows; each answer is the sum of its row.
ones = helper.make_tensor("w", TensorProto.FLOAT, [2, 1], [1.0, 1.0])
save(
    "batch_of_four",
    [
        helper.make_node("Constant", [], ["ones"], value=ones),
        helper.make_node("MatMul", ["X", "ones"], ["value"]),
    ],
    [tensor("X", TensorProto.FLOAT, [4, 2])],
    [tensor("value", TensorProto.FLOAT, [4, 1])],
)

# Outputs that can't be written in place: 16-bit floats, and one with the shape of the whole batch.
save(
    "half",
    [
        helper.make_node("Cast", ["X"], ["halves"], to=TensorProto.FLOAT16),
        helper.make_node("ReduceSum", ["X"], ["total"], keepdims=0),
    ],
    [tensor("X", TensorProto.FLOAT, ["N", 2])],
    [tensor("halves", TensorProto.FLOAT16, ["N", 2]), tensor("total", TensorProto.FLOAT, [])],
)

# Every way an input can be unusable.
kinds = [
    ("bytes", TensorProto.UINT8, ["N", 1]),
    ("open", TensorProto.FLOAT, ["N", "M"]),
    ("scalar", TensorProto.FLOAT, []),
    ("two", TensorProto.FLOAT, [2, 1]),
    ("three", TensorProto.FLOAT, [3, 1]),
]
save(
    "unusable",
    [helper.make_node("Identity", [name], [name + "_out"]) for name, _, _ in kinds],
    [tensor(*kind) for kind in kinds],
    [tensor(name + "_out", kind, shape) for name, kind, shape in kinds],
)
