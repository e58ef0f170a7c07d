"""The FastAPI peer: a row is checked against the contract's bounds by pydantic, run, and answered in Evenkeel's shape.

Called as `MODEL_FOLDER=models/breast-cancer/1 uvicorn --app-dir bench/peers/fastapi server:app --workers 2 ...`.
"""

import hashlib
import os
import uuid
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import onnxruntime
import yaml
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, create_model

FOLDER = Path(os.environ["MODEL_FOLDER"]).resolve()
CONTRACT_FILE = (FOLDER / "contract.yaml").read_bytes()
CONTRACT = yaml.safe_load(CONTRACT_FILE)
FINGERPRINT = hashlib.sha256(CONTRACT_FILE).hexdigest()[:12]
MODEL, VERSION = FOLDER.parent.name, FOLDER.name
NAMES = [feature["name"] for feature in CONTRACT["features"]]
LABELS = CONTRACT["outputs"]["labels"]

BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}


class Strict(BaseModel):
    """Evenkeel takes numbers only and refuses unknown members; so does this peer."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


def field(feature: dict[str, Any]) -> Any:
    if feature["type"] != "number" or feature.get("required") is False or feature.get("nullable"):
        raise ValueError(f"Feature {feature['name']}: this peer serves required numbers only")
    bounds = {BOUNDS[key]: value for key, value in feature.items() if key in BOUNDS}
    return Annotated[float, Field(**bounds)]


Instance = create_model("Instance", __base__=Strict, **{f["name"]: field(f) for f in CONTRACT["features"]})


class PredictRequest(Strict):
    instance: Instance
    options: dict[str, Any] | None = None


class Prediction(BaseModel):
    label: str
    probabilities: dict[str, float]
    confidence: float


class Answer(BaseModel):
    id: str
    model: str
    version: str
    contract: str
    prediction: Prediction
    degraded: bool
    warnings: list[str]


def open_session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(FOLDER / "model.onnx", options, providers=["CPUExecutionProvider"])


session = open_session()
input_name = session.get_inputs()[0].name
output_names = [CONTRACT["outputs"]["probabilities"]]
app = FastAPI()


# `async` on purpose: a run takes microseconds, so handing it to FastAPI's thread pool would cost far more than it saves.
@app.post("/v1/predict")
async def predict(request: PredictRequest) -> Answer:
    values = request.instance.__dict__
    row = np.array([[values[name] for name in NAMES]], dtype=np.float32)
    probabilities = session.run(output_names, {input_name: row})[0][0].tolist()
    confidence = max(probabilities)
    return Answer(
        id=str(uuid.uuid4()),
        model=MODEL,
        version=VERSION,
        contract=FINGERPRINT,
        prediction=Prediction(
            label=LABELS[probabilities.index(confidence)],
            probabilities=dict(zip(LABELS, probabilities)),
            confidence=confidence,
        ),
        degraded=False,
        warnings=[],
    )
