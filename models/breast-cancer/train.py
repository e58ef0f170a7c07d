"""Trains the breast-cancer model, versions 1 and 2: `python models/breast-cancer/train.py`.

Version 1 is a random forest on the raw measurements. Version 2 is a logistic regression on standardized ones; its
scaler is not in the graph but in the contract, so that serving and training can be held against each other. Where
version 2 can't answer, its contract allows an answer it gave before, or version 1's.

Training twice on one machine gives the same bytes. The last digits of version 2 come from an iterative solver and may
differ with another CPU or BLAS; version 1 only counts and divides.
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, brier_score_loss, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import modelfolder

MODEL = "breast-cancer"
SEED = 20260401
LABELS = ["malignant", "benign"]  # the order of the data set's classes 0 and 1

# What is measured on each nucleus: unit and meaning. The source gives no scale for lengths.
MEASUREMENTS = {
    "radius": ("source length unit", "distance from the centre to the outline"),
    "texture": ("grey levels", "standard deviation of the grey values"),
    "perimeter": ("source length unit", "length of the outline"),
    "area": ("source length unit squared", "area within the outline"),
    "smoothness": ("ratio", "local variation of the radius"),
    "compactness": ("ratio", "perimeter squared over area, minus 1"),
    "concavity": ("ratio", "depth of the outline's concave parts"),
    "concave_points": ("source's own scale", "number of the outline's concave parts"),
    "symmetry": ("ratio", "difference between the two sides of the longest axis"),
    "fractal_dimension": ("ratio", "coastline approximation of the outline, minus 1"),
}
STATISTICS = {
    "mean_{}": "Mean over the nuclei of the image: {}",
    "{}_error": "Standard error over the nuclei of the image: {}",
    "worst_{}": "Mean of the three largest nuclei of the image: {}",
}


def main():
    rows, classes = load()
    split = train_test_split(rows, classes, test_size=0.25, random_state=SEED, stratify=classes)
    training, _, training_classes, _ = split

    trees = forest().fit(training.to_numpy(), training_classes)
    save("1", trees, trees, inputs=None, degradation=None, method="a random forest of 100 trees", split=split)

    pipeline = regression().fit(training.to_numpy(), training_classes)
    scaler, last = pipeline
    inputs = [{"tensor": "X", "columns": standardized(rows.columns, scaler)}]
    degradation = [{"cache": {"maxAge": "10m", "maxSize": "8MB"}}, {"fallback": {"version": "1"}}]
    method = "a logistic regression on standardized values"
    save("2", pipeline, last, inputs=inputs, degradation=degradation, method=method, split=split)


def forest():
    return RandomForestClassifier(n_estimators=100, max_depth=8, random_state=SEED, n_jobs=1)


def regression():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=1000))


def load():
    """The data set with our names for its columns."""
    data = load_breast_cancer()
    names = [name.replace(" ", "_") for name in data.feature_names]
    return pd.DataFrame(data.data, columns=names), data.target


def standardized(names, scaler):
    return [
        {"feature": name, "transforms": [{"standardize": {"mean": float(mean), "scale": float(scale)}}]}
        for name, mean, scale in zip(names, scaler.mean_, scaler.scale_, strict=True)
    ]


def features(training):
    described = {
        statistic.format(measurement): (unit, description.format(meaning))
        for statistic, description in STATISTICS.items()
        for measurement, (unit, meaning) in MEASUREMENTS.items()
    }
    return [
        {
            "name": name,
            "type": "number",
            "minimum": 0,
            "maximum": modelfolder.generous_maximum(training[name]),
            "unit": described[name][0],
            "description": described[name][1],
            "example": float(training[name].iloc[0]),
        }
        for name in training.columns
    ]


def save(version, predictor, exported, *, inputs, degradation, method, split):
    """Writes one version. `predictor` takes raw rows, `exported` is the part of it that becomes the graph."""
    training, held_out, _, held_out_classes = split
    probabilities = predictor.predict_proba(held_out.to_numpy())
    chosen = modelfolder.clear_rows(probabilities)
    contract = {
        "schemaVersion": "1.0.0",
        "description": "The nuclei of one fine-needle aspirate of a breast mass, measured on a digitized image",
        "features": features(training),
    }
    if inputs:
        contract["inputs"] = inputs
    contract["outputs"] = {"task": "classification", "probabilities": "probabilities", "labels": LABELS}
    if degradation:
        contract["degradation"] = degradation
    modelfolder.write(
        MODEL,
        version,
        graph=modelfolder.export_classifier(exported, columns=training.shape[1], name=f"{MODEL}-{version}"),
        contract=contract,
        reference=modelfolder.reference(
            contract["features"], training, modelfolder.classification_outputs(probabilities, LABELS)
        ),
        golden=modelfolder.golden_classification(
            held_out.iloc[chosen].to_dict("records"), probabilities[chosen], LABELS
        ),
        card=card(method, metrics(held_out_classes, probabilities)),
        held_out=held_out.to_dict("records"),
    )


def metrics(classes, probabilities):
    malignant = classes == LABELS.index("malignant")
    answers = probabilities[:, 0] > probabilities[:, 1]
    return {
        "heldOutRows": len(classes),
        "accuracy": round(float(accuracy_score(malignant, answers)), 4),
        "rocAuc": round(float(roc_auc_score(malignant, probabilities[:, 0])), 4),
        "recallMalignant": round(float(recall_score(malignant, answers)), 4),
        "brierScore": round(float(brier_score_loss(malignant, probabilities[:, 0])), 4),
    }


def card(method, measured):
    return {
        "summary": f"Tells malignant from benign breast masses by their nuclei's measurements, with {method}.",
        "owner": "Evenkeel maintainers",
        "licence": "The data set is CC BY 4.0 (Wolberg, Mangasarian, Street and Street); the model follows it.",
        "intendedUse": "Showing and testing Evenkeel with real, well-known tabular data.",
        "outOfScope": "Diagnosis, triage or any other decision about a patient.",
        "trainingData": (
            "Breast Cancer Wisconsin (Diagnostic), 569 masses from one hospital, as scikit-learn ships it;"
            " three quarters for training, stratified by class, the rest held out."
        ),
        "metrics": measured,
        "limits": [
            "The data were collected before 1995 in one hospital, with one way of measuring.",
            "Lengths are in the source's own unit; values measured otherwise don't fit.",
            "The metrics come from 143 rows, so their second decimal is already uncertain.",
        ],
        "ethicalNotes": (
            "The data say nothing about age, origin or health history, so fairness between groups can't be examined."
        ),
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1):  # sums in another order would end in other digits
        main()
