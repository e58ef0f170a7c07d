"""Trains the digits model, version 1: `python models/digits/train.py`.

A network with one hidden layer that reads a hand-written digit from 8 x 8 grey values. The graph is built here from
the fitted weights, so that its input really has the shape [N, 8, 8]; the contract scales the grey values to 0..1.

Training twice on one machine gives the same bytes. The weights come from many rounds of matrix products, so another CPU
or BLAS gives other weights and may move the metrics a little.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, log_loss, recall_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import modelfolder

MODEL = "digits"
SEED = 20260403
LABELS = [str(digit) for digit in range(10)]
WHITE, BLACK = 0, 16


def main():
    data = load_digits()
    images, held_out, digits, held_out_digits = train_test_split(
        data.images, data.target, test_size=0.25, random_state=SEED, stratify=data.target
    )
    network = MLPClassifier(hidden_layer_sizes=(48,), alpha=0.01, max_iter=1000, random_state=SEED)
    pipeline = make_pipeline(FunctionTransformer(flat_and_scaled), network)
    pipeline.fit(images, digits)
    probabilities = pipeline.predict_proba(held_out)
    chosen = modelfolder.clear_rows(probabilities)

    contract = {
        "schemaVersion": "1.0.0",
        "description": "The image of one hand-written digit",
        "features": [image_feature(images[0])],
        "inputs": [
            {
                "tensor": "image",
                "columns": [{"feature": "image", "transforms": [{"minMax": {"min": WHITE, "max": BLACK}}]}],
            }
        ],
        "outputs": {
            "task": "classification",
            "probabilities": "probabilities",
            "label": "label",
            "labels": LABELS,
        },
    }
    modelfolder.write(
        MODEL,
        "1",
        graph=graph_of(network),
        contract=contract,
        reference=modelfolder.reference(
            contract["features"],
            pd.DataFrame({"image": list(images)}),
            modelfolder.classification_outputs(probabilities, LABELS),
        ),
        golden=modelfolder.golden_classification(
            [{"image": whole_numbers(image)} for image in held_out[chosen]], probabilities[chosen], LABELS
        ),
        card=card(metrics(held_out_digits, probabilities)),
        held_out=[{"image": whole_numbers(image)} for image in held_out],
    )


def flat_and_scaled(images):
    return images.reshape(len(images), -1) / BLACK


def whole_numbers(image):
    return image.astype(int).tolist()


def image_feature(example):
    return {
        "name": "image",
        "type": "tensor",
        "shape": [8, 8],
        "elements": {"type": "number", "minimum": WHITE, "maximum": BLACK},
        "unit": "ink, 0 is blank and 16 is full",
        "description": "Rows of the image from top to bottom, each from left to right",
        "example": whole_numbers(example),
    }


def graph_of(network):
    """Flatten, then the network's two layers: `image` float32 [N, 8, 8] in; `label` and `probabilities` out."""
    (hidden, last), (hidden_bias, last_bias) = network.coefs_, network.intercepts_
    weights = {"hidden": hidden, "hidden_bias": hidden_bias, "last": last, "last_bias": last_bias}
    nodes = [
        helper.make_node("Flatten", ["image"], ["pixels"], axis=1),
        helper.make_node("Gemm", ["pixels", "hidden", "hidden_bias"], ["weighted"]),
        helper.make_node("Relu", ["weighted"], ["activated"]),
        helper.make_node("Gemm", ["activated", "last", "last_bias"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
        helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        f"{MODEL}-1",
        inputs=[helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 8, 8])],
        outputs=[
            helper.make_tensor_value_info("label", TensorProto.INT64, ["N"]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", len(LABELS)]),
        ],
        initializer=[numpy_helper.from_array(array.astype(np.float32), name) for name, array in weights.items()],
    )
    operators = [helper.make_opsetid("", modelfolder.OPSET[""])]
    return modelfolder.checked(helper.make_model(graph, opset_imports=operators, producer_name="evenkeel-training"))


def metrics(digits, probabilities):
    answers = probabilities.argmax(axis=1)
    return {
        "heldOutRows": len(digits),
        "accuracy": round(float(accuracy_score(digits, answers)), 4),
        "worstRecallOfADigit": round(float(recall_score(digits, answers, average=None).min()), 4),
        "logLoss": round(float(log_loss(digits, probabilities)), 4),
    }


def card(measured):
    return {
        "summary": "Reads one hand-written digit from an 8 x 8 image, with a network of one hidden layer of 48 units.",
        "owner": "Evenkeel maintainers",
        "licence": "The data set is CC BY 4.0 (Alpaydin and Kaynak); the model follows it.",
        "intendedUse": "Showing and testing Evenkeel's tensor features and many-class answers.",
        "outOfScope": "Reading real forms: it knows only single, centred digits of this size.",
        "trainingData": (
            "Optical Recognition of Handwritten Digits, 1797 images, as scikit-learn ships it;"
            " three quarters for training, stratified by digit, the rest held out."
        ),
        "metrics": measured,
        "limits": [
            "An image without a digit still gets a digit, often with high confidence.",
            "The same writers are in both splits, so new writers will be read less well.",
        ],
        "ethicalNotes": "Nothing is known about the 13 writers; other ways to write a 1, a 4 or a 7 may be read badly.",
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1):  # sums in another order would end in other digits
        main()
