"""Trains the diabetes model, version 1: `python models/diabetes/train.py`.

Gradient-boosted trees that predict how far a patient's diabetes has progressed a year later, from measurements in
their real units. Training twice on one machine gives the same bytes; another CPU or BLAS may change the last digits
of the leaves.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import modelfolder

MODEL = "diabetes"
SEED = 20260402
SEXES = ["1", "2"]

# Our name for each of the source's columns but sex, in the source's order, with unit and description.
MEASUREMENTS = {
    "age": ("age", "years", "Age"),
    "bmi": ("bmi", "kg/m2", "Body mass index"),
    "bp": ("blood_pressure", "mmHg", "Average blood pressure"),
    "s1": ("total_cholesterol", "mg/dL", "Total serum cholesterol"),
    "s2": ("ldl", "mg/dL", "Low-density lipoproteins"),
    "s3": ("hdl", "mg/dL", "High-density lipoproteins"),
    "s4": ("cholesterol_ratio", "ratio", "Total cholesterol over high-density lipoproteins"),
    "s5": ("log_triglycerides", "logarithm", "Possibly the logarithm of serum triglycerides; the source is not sure"),
    "s6": ("glucose", "mg/dL", "Blood sugar"),
}


def main():
    rows, progression = load()
    training, held_out, training_progression, held_out_progression = train_test_split(
        rows, progression, test_size=0.25, random_state=SEED
    )
    regressor = GradientBoostingRegressor(
        n_estimators=120, learning_rate=0.05, max_depth=2, subsample=0.8, random_state=SEED
    )
    pipeline = make_pipeline(
        ColumnTransformer([("sex", OrdinalEncoder(categories=[SEXES]), ["sex"])], remainder="passthrough"), regressor
    )
    pipeline.fit(training, training_progression)
    values = pipeline.predict(held_out)

    contract = {
        "schemaVersion": "1.0.0",
        "description": "The measurements of one diabetes patient, a year before the outcome",
        "features": features(training),
        "inputs": [
            {
                "tensor": "X",
                "columns": [
                    {"feature": "sex", "transforms": ["ordinal"]},
                    {"features": [name for name in rows if name != "sex"], "transforms": ["passthrough"]},
                ],
            }
        ],
        "outputs": {"task": "regression", "value": "value"},
    }
    chosen = held_out.iloc[: modelfolder.GOLDEN_LINES]
    modelfolder.write(
        MODEL,
        "1",
        graph=modelfolder.export_regressor(regressor, columns=rows.shape[1], name=f"{MODEL}-1"),
        contract=contract,
        reference=modelfolder.reference(contract["features"], training, modelfolder.regression_outputs(values)),
        golden=modelfolder.golden_regression(chosen.to_dict("records"), values[: len(chosen)]),
        card=card(metrics(training_progression, held_out_progression, values)),
        held_out=held_out.to_dict("records"),
    )


def load():
    """The data set with our names for its columns, and sex as the code it is."""
    data = load_diabetes(scaled=False, as_frame=True)
    rows = data.data.rename(columns={column: name for column, (name, _, _) in MEASUREMENTS.items()})
    rows["sex"] = rows["sex"].map({1.0: "1", 2.0: "2"}).astype(object)
    return rows, data.target


def features(training):
    described = {name: (unit, description) for name, unit, description in MEASUREMENTS.values()}
    return [
        sex() if name == "sex" else measurement(name, *described[name], training[name]) for name in training.columns
    ]


def sex():
    return {
        "name": "sex",
        "type": "category",
        "values": SEXES,
        "description": "Sex, in the source's coding; the source does not say which code is which",
        "example": "2",
    }


def measurement(name, unit, description, column):
    bounds = {"minimum": 0, "maximum": modelfolder.generous_maximum(column)}
    if name == "age":
        bounds = {"minimum": 18, "maximum": 110}
    return {
        "name": name,
        "type": "number",
        **bounds,
        "unit": unit,
        "description": description,
        "example": float(column.iloc[0]),
    }


def metrics(training_progression, progression, values):
    always_mean = np.full(len(progression), training_progression.mean())
    return {
        "heldOutRows": len(progression),
        "r2": round(float(r2_score(progression, values)), 4),
        "meanAbsoluteError": round(float(mean_absolute_error(progression, values)), 2),
        "rootMeanSquaredError": round(float(root_mean_squared_error(progression, values)), 2),
        "rootMeanSquaredErrorOfTheMean": round(float(root_mean_squared_error(progression, always_mean)), 2),
    }


def card(measured):
    return {
        "summary": "Predicts how far diabetes has progressed after a year, with 120 boosted trees of depth 2.",
        "owner": "Evenkeel maintainers",
        "licence": "The data set is public (Efron, Hastie, Johnstone and Tibshirani, 2004) and names no licence.",
        "intendedUse": "Showing and testing Evenkeel's regression with real, well-known tabular data.",
        "outOfScope": "Any decision about a patient.",
        "trainingData": (
            "The diabetes data of Least Angle Regression, 442 patients, as scikit-learn ships it, unscaled;"
            " three quarters for training, the rest held out."
        ),
        "metrics": measured,
        "limits": [
            "The target is the study's own score (25 to 346), not a clinical scale.",
            "The source names few units; the others in the contract are inferred from the values.",
            "About half of the score's variance stays unexplained.",
            "Trees don't extrapolate: beyond the measured ranges the answer stays flat.",
        ],
        "ethicalNotes": (
            "Sex is an input. The codes' meaning and the patients' origin are unknown, so fairness can't be examined."
        ),
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1):  # sums in another order would end in other digits
        main()
