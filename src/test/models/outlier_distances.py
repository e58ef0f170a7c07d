"""Writes what SciPy says of distances from the middle of training rows, for DistancesTest.

Correlations and rows are drawn with a fixed seed. A missing value is put where a regression on the features before it
says, one after the other; if only the last ones are missing, the others' own distance is used instead.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial.distance import mahalanobis

TARGET = Path(__file__).resolve().parents[1] / "resources" / "outlier-distances.json"
SHARES = [0.0, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1.0]


def squared(row, mean, covariance):
    known = ~np.isnan(row)
    if known[: known.sum()].all():
        row, mean = row[known], mean[known]
        covariance = covariance[np.ix_(known, known)]
        return mahalanobis(row, mean, np.linalg.inv(covariance)) ** 2 if len(row) else 0.0
    filled = row.copy()
    for i in np.flatnonzero(~known):
        weights = np.linalg.solve(covariance[:i, :i], covariance[:i, i])
        filled[i] = mean[i] + weights @ (filled[:i] - mean[:i])
    return mahalanobis(filled, mean, np.linalg.inv(covariance)) ** 2


def case(random, size):
    spread = random.normal(size=(size, 2 * size))
    correlation = np.corrcoef(spread) * 0.95 + np.eye(size) * 0.05
    mean = random.normal(size=size) * 100
    deviation = np.exp(random.normal(size=size) * 3)
    covariance = correlation * np.outer(deviation, deviation)
    rows = random.multivariate_normal(np.zeros(size), correlation * 1.5, size=8) * deviation + mean
    rows[1, -1] = np.nan
    rows[2, 0] = np.nan
    rows[3, random.integers(0, size, size // 2)] = np.nan
    rows[4, :] = np.nan
    rows[5, 0] += 50 * deviation[0]
    distances = [squared(row, mean, covariance) for row in rows]
    limits = stats.chi2.ppf(np.minimum(SHARES, 0.9999), size)
    return {
        "mean": mean.tolist(),
        "std": deviation.tolist(),
        "correlation": [row[:position].tolist() for position, row in enumerate(correlation)][1:],
        "shares": SHARES,
        "distances": limits.tolist(),
        "rows": [[None if np.isnan(value) else value for value in row] for row in rows.tolist()],
        "squared": distances,
        "score": [float(np.floor(np.interp(d, limits, SHARES) * 1e4) / 1e4) for d in distances],
    }


random = np.random.default_rng(20261126)
TARGET.write_text(json.dumps([case(random, size) for size in (2, 5, 30)], indent=1) + "\n")
