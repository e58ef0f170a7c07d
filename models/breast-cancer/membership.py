"""How much answers tell of who was in the training data: `python models/breast-cancer/membership.py`.

Prints the table of docs/privacy.md. Two attacks, both by a threshold (Yeom et al., "Privacy risk in machine learning",
CSF 2018), neither with shadow models: by confidence, from the answer alone, and by loss, by somebody who knows the true
label too. A row is taken for a member of the training data where the score is above the threshold. The advantage is
the true positive rate less the false positive rate at the best threshold, so the attacker is granted the choice of it.

The best threshold of a sample finds something by chance alone: `by chance` is the mean advantage on the same scores with
membership shuffled. The means are over trainings on random splits of the size that train.py uses.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parent))
import train

TRAININGS = 100
SHUFFLES = 20
BOOTSTRAPS = 2000
DISCLOSURES = {"full": None, "2 digits": 2, "1 digit": 1, "label only": 0}


def main():
    rows, classes = train.load()
    rows = rows.to_numpy()
    print("| version | shown | attack | bundled model (95 %) | mean of trainings (95 %) | by chance |")
    print("| --- | --- | --- | ---: | ---: | ---: |")
    for version, new_model in MODELS.items():
        bundled = scores(new_model, rows, classes, train.SEED)
        others = [scores(new_model, rows, classes, seed) for seed in range(TRAININGS)]
        for key in bundled:
            print(line(version, key, bundled[key], [other[key] for other in others]))


MODELS = {"1": train.forest, "2": train.regression}


def scores(new_model, rows, classes, seed):
    """For each disclosure and attack: the scores of the rows that were trained on, and of those that weren't."""
    inside, outside, inside_classes, outside_classes = train_test_split(
        rows, classes, test_size=0.25, random_state=seed, stratify=classes
    )
    model = new_model().fit(inside, inside_classes)
    found = {}
    for shown, digits in DISCLOSURES.items():
        members = attacked(model.predict_proba(inside), inside_classes, digits)
        strangers = attacked(model.predict_proba(outside), outside_classes, digits)
        for attack in members:
            found[shown, attack] = members[attack], strangers[attack]
    return found


def attacked(probabilities, classes, digits):
    """The two attacks' scores of rows, by what the answer shows."""
    labels = probabilities.argmax(axis=1)
    if digits == 0:
        # All that is left: whether the label is right.
        return {"confidence": np.zeros(len(classes)), "loss": (labels == classes).astype(float)}
    shown = probabilities if digits is None else rounded(probabilities, labels, digits)
    each = np.arange(len(classes))
    return {"confidence": shown[each, labels], "loss": shown[each, classes]}


def rounded(probabilities, labels, digits):
    """As an answer rounds: down, and what is then missing goes to the largest remainders, to the label first."""
    units = probabilities.astype(np.float32).astype(float) * 10**digits
    floors = np.floor(units)
    missing = np.rint(units.sum(axis=1) - floors.sum(axis=1)).astype(int)
    for row, label, floor, remainder, left in zip(units, labels, floors, units - floors, missing, strict=True):
        order = sorted(range(len(row)), key=lambda i: (-remainder[i], i != label, i))
        floor[order[:left]] += 1
    return floors / 10**digits


def advantage(members, strangers):
    thresholds = np.unique(np.concatenate([members, strangers]))
    above = [1 - np.searchsorted(np.sort(one), thresholds) / len(one) for one in (members, strangers)]
    return max(0.0, float((above[0] - above[1]).max()))


def line(version, key, bundled, others):
    random = np.random.default_rng(train.SEED)
    drawn = [advantage(*(random.choice(one, len(one)) for one in bundled)) for _ in range(BOOTSTRAPS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    means = np.array([advantage(*other) for other in others])
    half = 1.96 * means.std(ddof=1) / np.sqrt(len(means))
    chance = np.mean([shuffled(random, *other) for other in others for _ in range(SHUFFLES)])
    shown, attack = key
    return (
        f"| {version} | {shown} | {attack} | {advantage(*bundled):.3f} ({low:.3f} to {high:.3f}) "
        f"| {means.mean():.3f} ± {half:.3f} | {chance:.3f} |"
    )


def shuffled(random, members, strangers):
    together = random.permutation(np.concatenate([members, strangers]))
    return advantage(together[: len(members)], together[len(members) :])


if __name__ == "__main__":
    with threadpool_limits(limits=1):
        main()
