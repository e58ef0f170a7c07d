"""Writes what SciPy says of distances between a reference and a window, for EffectSizesTest.

The reference's edges and counts are drawn with a fixed seed. SciPy has no PSI; it is put together of its relative
entropies.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr

TARGET = Path(__file__).resolve().parents[1] / "resources" / "effect-sizes.json"
PRIOR = 0.5
ALPHA = 0.01


def smoothed(counts):
    return (counts + PRIOR) / (counts.sum() + PRIOR * len(counts))


def case(random, bins, rows, window):
    edges = np.sort(random.normal(size=bins - 1)).round(6)
    minimum, maximum = edges[0] - 1.25, edges[-1] + 2.5
    deviation = 1.5
    # The last bin is the one for missing values.
    reference = random.multinomial(rows, random.dirichlet(np.full(bins + 1, 2.0)))
    counts = random.multinomial(window, random.dirichlet(np.full(bins + 1, 2.0)))
    p, q = smoothed(reference), smoothed(counts)
    all_edges = np.concatenate([[minimum], edges, [maximum]])
    middles = (all_edges[:-1] + all_edges[1:]) / 2
    present_p, present_q = p[:-1] / p[:-1].sum(), q[:-1] / q[:-1].sum()
    present = int(reference[:-1].sum())
    return {
        "rows": rows,
        "missing": reference[-1] / rows,
        "edges": edges.tolist(),
        "probabilities": (reference[:-1] / present).tolist(),
        "min": minimum,
        "max": maximum,
        "std": deviation,
        "counts": counts.tolist(),
        "alpha": ALPHA,
        "psi": float(np.sum(rel_entr(p, q) + rel_entr(q, p))),
        "psiThreshold": float(stats.chi2.isf(ALPHA, bins) * (1 / window + 1 / rows)),
        "jensenShannon": float(jensenshannon(p, q, base=2)),
        "wasserstein": float(stats.wasserstein_distance(middles, middles, present_p, present_q) / deviation),
        "kolmogorovSmirnov": float(np.max(np.abs(np.cumsum(present_p) - np.cumsum(present_q)))),
    }


random = np.random.default_rng(20261126)
shapes = [(2, 300, 200), (5, 1000, 250), (10, 5000, 1000), (15, 426, 5000), (15, 24000, 20000), (20, 100000, 700)]
TARGET.write_text(json.dumps([case(random, *shape) for shape in shapes], indent=1) + "\n")
