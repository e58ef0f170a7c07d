"""Makes what the tests of quality are held against: `python src/test/resources/quality/make.py`, with the environment of
models/requirements.txt.

- vectors.json: figures of made-up predictions as scikit-learn and scipy compute them.
- loans.jsonl.gz: loan applications with their outcome: `before`, drawn as training data were, and `after`, drawn anew from
  the same source in favour of poorer and more indebted applicants. Only the inputs shift: the outcome of a row is what its
  own formula made it.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    mean_absolute_error,
    roc_auc_score,
    root_mean_squared_error,
)

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "models" / "loan-default"))
from applications import generate, instances  # noqa: E402

BEFORE_SEED, AFTER_SEED, ROWS = 61, 62, 2000


def main():
    random = np.random.default_rng(20261126)
    vectors = {
        "classifications": [
            classification(random, 400, 2, None),
            classification(random, 300, 2, 1),  # many ties
            classification(random, 500, 4, None),
            classification(random, 300, 3, 1),
        ],
        "regressions": [regression(random, 250)],
        "shares": [share(k, n) for k, n in [(0, 10), (10, 10), (81, 263), (1, 1), (999, 1000)]],
        "isotonic": [isotonic(random, 200, None), isotonic(random, 150, 1)],
    }
    (HERE / "vectors.json").write_text(json.dumps(vectors) + "\n")
    loans()


def classification(random, size, classes, digits):
    scores = random.normal(0, 1.5, (size, classes))
    truth = np.array([random.choice(classes, p=softmax(row * 0.7)) for row in scores])
    probabilities = softmax(scores)
    if digits is not None:
        probabilities = np.round(probabilities, digits)
        probabilities[:, -1] = np.round(1 - probabilities[:, :-1].sum(axis=1), digits)
        probabilities = np.clip(probabilities, 0, 1)
    winner = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    right = (winner == truth).astype(int)
    if classes == 2:
        figures = {
            "auc": roc_auc_score(truth, probabilities[:, 1]),
            "f1": f1_score(truth, winner),
            "brier": brier_score_loss(truth, probabilities[:, 1]),
        }
    else:
        aucs = [roc_auc_score(truth == k, probabilities[:, k]) for k in range(classes)]
        hot = np.eye(classes)[truth]
        figures = {
            "auc": float(np.mean(aucs)),
            "f1": f1_score(truth, winner, average="macro"),
            "brier": float(((probabilities - hot) ** 2).sum(axis=1).mean()),
        }
    accuracy, mean = calibration_curve(right, confidence, n_bins=10, strategy="uniform")
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], confidence)
    counts = np.bincount(bins, minlength=10)
    counts = counts[counts > 0]
    return {
        "probabilities": probabilities.tolist(),
        "truth": truth.tolist(),
        "winner": winner.tolist(),
        "accuracy": accuracy_score(truth, winner),
        **figures,
        "curve": {"rows": counts.tolist(), "confidence": mean.tolist(), "accuracy": accuracy.tolist()},
        "ece": float((counts * np.abs(accuracy - mean)).sum() / size),
    }


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def regression(random, size):
    truth = random.normal(100, 30, size)
    predicted = truth + random.normal(2, 12, size)
    return {
        "predicted": predicted.tolist(),
        "truth": truth.tolist(),
        "mae": mean_absolute_error(truth, predicted),
        "rmse": root_mean_squared_error(truth, predicted),
    }


def share(found, rows):
    interval = binomtest(found, rows).proportion_ci(0.95, method="wilson")
    return {"found": found, "rows": rows, "low": interval.low, "high": interval.high}


def isotonic(random, size, digits):
    x = random.uniform(0.2, 0.9, size)
    if digits is not None:
        x = np.round(x, digits)
    y = (random.random(size) < x**2).astype(float)
    fitted = IsotonicRegression(out_of_bounds="clip").fit(x, y)
    places = np.concatenate([np.linspace(0, 1, 101), x[:20]])
    return {"x": x.tolist(), "y": y.tolist(), "places": places.tolist(), "values": fitted.predict(places).tolist()}


def loans():
    before, outcomes = generate(ROWS, BEFORE_SEED)
    lines = [line("before", row, outcome) for row, outcome in zip(instances(before), outcomes, strict=True)]
    many, outcomes = generate(20 * ROWS, AFTER_SEED)
    burden = many["amount"] / many["income"].fillna(many["income"].median())
    weights = np.exp(1.2 * np.clip(burden, 0, 2) + 0.02 * many["utilisation"].fillna(45) + 0.08 * many["interest_rate"])
    chosen = np.random.default_rng(63).choice(len(many), ROWS, replace=False, p=weights / weights.sum())
    after = many.iloc[chosen]
    lines += [line("after", row, outcomes[i]) for row, i in zip(instances(after), chosen, strict=True)]
    with (HERE / "loans.jsonl.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(lines).encode())


def line(part, instance, outcome):
    label = "defaulted" if outcome else "repaid"
    return json.dumps({"part": part, "outcome": label, "instance": instance}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
