"""Trains the loan-default model, version 1: `python models/loan-default/train.py`.

The applications are synthetic, see applications.py. The rows are prepared twice and independently: here with pandas and
scikit-learn, and at serving time by the transforms of the contract, which get only the fitted numbers from here. Each
golden answer comes from the whole scikit-learn pipeline on raw rows, so any skew between the two shows.

Training twice on one machine gives the same bytes. The regression comes from an iterative solver, so another CPU or
BLAS may change its last digits.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.utils import murmurhash3_32
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import modelfolder
from applications import (
    CHANNELS,
    EMPLOYMENTS,
    FEATURES,
    GRADES,
    HOUSINGS,
    NO_JOB_TITLE,
    PURPOSES,
    RULES,
    generate,
    golden_rows,
    instances,
)

MODEL = "loan-default"
SEED = 20260404
TRAINING_ROWS, HELD_OUT_ROWS = 24_000, 6_000
LABELS = ["repaid", "defaulted"]  # the classes 0 and 1

WITH_GAPS = ["income", "employment_years", "utilisation"]
UNCHANGED = ["term_months", "open_accounts", "total_accounts", "has_partner", "existing_customer"]
RATE_LIMITS = {"min": 1, "max": 25}
DEPENDANTS_LIMIT = {"max": 5}
EMPLOYMENT_YEARS_EDGES = [1, 3, 5, 10, 20]
DELINQUENCY_EDGES = [1, 2, 4]
OTHER_CHANNEL = len(CHANNELS)  # branch, phone and web are ever farther from a clerk; what is newer comes after them
JOB_TITLE_BUCKETS, JOB_TITLE_SEED = 16, 7
NO_CREDIT_SINCE = "2024-01-01"
BIRTH_REFERENCE, CREDIT_REFERENCE, APPLICATION_REFERENCE = "1980-01-01", "2015-01-01", "2024-01-01"


def main():
    rows, defaulted = generate(TRAINING_ROWS + HELD_OUT_ROWS, SEED)
    training, held_out = rows.iloc[:TRAINING_ROWS], rows.iloc[TRAINING_ROWS:]
    pipeline = make_pipeline(
        FunctionTransformer(clamped), preparation(), StandardScaler(), LogisticRegression(max_iter=1000)
    )
    pipeline.fit(training, defaulted[:TRAINING_ROWS])
    probabilities = pipeline.predict_proba(held_out)

    # The graph gets the last two steps. What comes before them is the contract's part.
    _, prepared, scaler, regression = pipeline
    classifier = make_pipeline(scaler, regression)
    contract = {
        "schemaVersion": "1.0.0",
        "description": "One application for a consumer loan, as it stands when it is decided",
        "features": FEATURES,
        "rules": RULES,
        "inputs": [{"tensor": "X", "columns": columns(prepared.named_transformers_)}],
        "outputs": {"task": "classification", "probabilities": "probabilities", "labels": LABELS},
    }
    modelfolder.write(
        MODEL,
        "1",
        graph=modelfolder.export_classifier(classifier, columns=scaler.n_features_in_, name=f"{MODEL}-1"),
        contract=contract,
        reference=modelfolder.reference(
            FEATURES, clamped(training), modelfolder.classification_outputs(probabilities, LABELS)
        ),
        golden=golden(pipeline, held_out),
        card=card(metrics(defaulted[TRAINING_ROWS:], probabilities)),
        held_out=instances(held_out),
    )


def golden(pipeline, held_out):
    candidates = golden_rows(held_out, modelfolder.GOLDEN_LINES + 5)  # a few more, in case some are not clear
    probabilities = pipeline.predict_proba(candidates)
    chosen = modelfolder.clear_rows(probabilities)
    return modelfolder.golden_classification(instances(candidates.iloc[chosen]), probabilities[chosen], LABELS)


# --- preparation, in scikit-learn ------------------------------------------------------------------------------------


def clamped(rows):
    """What the contract's `outOfRange: clamp` does before anything else."""
    bounds = {f["name"]: (f["minimum"], f["maximum"]) for f in FEATURES if f.get("outOfRange") == "clamp"}
    return rows.assign(**{name: rows[name].clip(*ends) for name, ends in bounds.items()})


def preparation():
    """A block for each entry of `columns`, in the same order."""
    median, none = SimpleImputer(strategy="median"), SimpleImputer(strategy="constant", fill_value=0)
    log, scale = FunctionTransformer(np.log1p), StandardScaler()
    seniority = make_pipeline(
        median, numbers(np.digitize, bins=EMPLOYMENT_YEARS_EDGES), one_hot(range(1 + len(EMPLOYMENT_YEARS_EDGES)))
    )
    blocks = [
        ("amount", make_pipeline(log, scale), ["amount"]),
        ("income", make_pipeline(median, log, scale), ["income"]),
        ("partner_income", make_pipeline(none, log, scale), ["partner_income"]),
        ("gaps", MissingIndicator(features="all"), WITH_GAPS),
        ("utilisation", make_pipeline(median, MinMaxScaler()), ["utilisation"]),
        ("interest_rate", numbers(np.clip, **RATE_LIMITS), ["interest_rate"]),
        ("dependants", numbers(np.clip, **DEPENDANTS_LIMIT), ["dependants"]),
        ("employment_years", seniority, ["employment_years"]),
        ("delinquencies", numbers(np.digitize, bins=DELINQUENCY_EDGES), ["delinquencies"]),
        ("purpose", make_pipeline(FunctionTransformer(other_purpose), one_hot([*PURPOSES, "other"])), ["purpose"]),
        ("employment", one_hot(EMPLOYMENTS), ["employment"]),
        ("housing", one_hot(HOUSINGS), ["housing"]),
        ("credit_grade", OrdinalEncoder(categories=[GRADES]), ["credit_grade"]),
        ("channel", channel_order(), ["channel"]),
        ("job_title", FunctionTransformer(hashed), ["job_title"]),
        ("date_of_birth", FunctionTransformer(days_since, kw_args={"day": BIRTH_REFERENCE}), ["date_of_birth"]),
        ("first_credit_on", FunctionTransformer(credit_days), ["first_credit_on"]),
        ("applied_on", FunctionTransformer(calendar), ["applied_on"]),
        ("unchanged", "passthrough", UNCHANGED),
    ]
    return ColumnTransformer(blocks, sparse_threshold=0)


def numbers(function, **arguments):
    return FunctionTransformer(function, kw_args=arguments, validate=True)


def one_hot(values):
    """A column for each value; a missing one gets zeros."""
    return OneHotEncoder(categories=[list(values)], handle_unknown="ignore", sparse_output=False)


def channel_order():
    return OrdinalEncoder(categories=[CHANNELS], handle_unknown="use_encoded_value", unknown_value=OTHER_CHANNEL)


def other_purpose(rows):
    return rows.where(rows.isin(PURPOSES), "other")


def hashed(rows):
    titles = rows["job_title"].fillna(NO_JOB_TITLE)
    buckets = [murmurhash3_32(title, seed=JOB_TITLE_SEED, positive=True) % JOB_TITLE_BUCKETS for title in titles]
    return np.eye(JOB_TITLE_BUCKETS)[buckets]


def days_since(rows, day):
    return (rows - pd.Timestamp(day)) / pd.Timedelta(days=1)


def credit_days(rows):
    return days_since(rows.fillna(pd.Timestamp(NO_CREDIT_SINCE)), CREDIT_REFERENCE)


def calendar(rows):
    day = rows["applied_on"].dt
    month, weekday = 2 * np.pi * (day.month - 1) / 12, 2 * np.pi * day.day_of_week / 7
    days = days_since(rows["applied_on"], APPLICATION_REFERENCE)
    return np.column_stack([days, np.sin(month), np.cos(month), np.sin(weekday), np.cos(weekday)])


# --- preparation, in the contract ------------------------------------------------------------------------------------


def columns(fitted):
    """The same preparation as transforms. Only medians, means, scales and ranges come from the fitted blocks."""
    application = {
        "parts": ["daysSince", "monthSin", "monthCos", "dayOfWeekSin", "dayOfWeekCos"],
        "reference": APPLICATION_REFERENCE,
    }
    years = {"edges": EMPLOYMENT_YEARS_EDGES, "output": "oneHot"}
    title = {"buckets": JOB_TITLE_BUCKETS, "seed": JOB_TITLE_SEED, "output": "oneHot"}
    return [
        column("amount", "log1p", standardize(fitted["amount"])),
        column("income", impute(fitted["income"]), "log1p", standardize(fitted["income"])),
        column("partner_income", impute(fitted["partner_income"]), "log1p", standardize(fitted["partner_income"])),
        {"features": WITH_GAPS, "transforms": ["missingIndicator"]},
        column("utilisation", impute(fitted["utilisation"]), min_max(fitted["utilisation"])),
        column("interest_rate", {"clip": RATE_LIMITS}),
        column("dependants", {"clip": DEPENDANTS_LIMIT}),
        column("employment_years", impute(fitted["employment_years"]), {"bucketize": years}),
        column("delinquencies", {"bucketize": {"edges": DELINQUENCY_EDGES, "output": "index"}}),
        column("purpose", {"oneHot": {"other": True}}),
        column("employment", "oneHot"),
        column("housing", {"oneHot": {"values": HOUSINGS}}),
        column("credit_grade", "ordinal"),
        column("channel", {"ordinal": {"values": CHANNELS, "unknown": OTHER_CHANNEL}}),
        column("job_title", {"impute": NO_JOB_TITLE}, {"hash": title}),
        column("date_of_birth", {"dateParts": {"parts": ["daysSince"], "reference": BIRTH_REFERENCE}}),
        column(
            "first_credit_on",
            {"impute": NO_CREDIT_SINCE},
            {"dateParts": {"parts": ["daysSince"], "reference": CREDIT_REFERENCE}},
        ),
        column("applied_on", {"dateParts": application}),
        {"features": UNCHANGED, "transforms": ["passthrough"]},
    ]


def column(feature, *transforms):
    return {"feature": feature, "transforms": list(transforms)}


def impute(block):
    return {"impute": float(block[0].statistics_[0])}


def standardize(block):
    return {"standardize": {"mean": float(block[-1].mean_[0]), "scale": float(block[-1].scale_[0])}}


def min_max(block):
    return {"minMax": {"min": float(block[-1].data_min_[0]), "max": float(block[-1].data_max_[0])}}


# --- the card --------------------------------------------------------------------------------------------------------


def metrics(defaulted, probabilities):
    risk = probabilities[:, 1]
    return {
        "heldOutRows": len(defaulted),
        "shareDefaulted": round(float(defaulted.mean()), 4),
        "accuracy": round(float(accuracy_score(defaulted, risk > 0.5)), 4),
        "rocAuc": round(float(roc_auc_score(defaulted, risk)), 4),
        "logLoss": round(float(log_loss(defaulted, risk)), 4),
        "brierScore": round(float(brier_score_loss(defaulted, risk)), 4),
    }


def card(measured):
    return {
        "summary": (
            "Gives the probability that a consumer loan defaults, with a logistic regression on prepared features."
            " The data are synthetic."
        ),
        "owner": "Evenkeel maintainers",
        "licence": "The data are generated by this repository's own script; the model has the repository's licence.",
        "intendedUse": "Showing and testing every transform of Evenkeel on rows of mixed types with gaps.",
        "outOfScope": "Any decision about a loan or a person. No real application went into this model.",
        "trainingData": (
            "30000 applications made by models/loan-default/applications.py with a fixed seed;"
            " 24000 for training, 6000 held out. Nobody's data are in them."
        ),
        "metrics": measured,
        "limits": [
            "The data are synthetic, so the metrics say nothing about real lending.",
            "The default was drawn from a formula, so no model can reach a perfect score.",
            "The formula is not linear, and a linear model learns only a part of it.",
            "Few risks are above one half: always answering repaid would be nearly as accurate. Use the probability.",
            "Job titles share 16 buckets, so unlike jobs can count as the same.",
        ],
        "ethicalNotes": (
            "Age and household are inputs. With real applicants this needs a legal basis and a test for unfair effects;"
            " with made-up ones neither can be shown."
        ),
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1):  # sums in another order would end in other digits
        main()
