"""The rows that `breast-cancer` wasn't trained on: `python src/test/resources/drift/make.py`.

The split is that of models/breast-cancer/train.py. The data are those of scikit-learn: Wolberg, Mangasarian, Street and
Street, "Breast Cancer Wisconsin (Diagnostic)", UCI Machine Learning Repository (1995), CC BY 4.0.
"""

from pathlib import Path

import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

SEED = 20260401

data = load_breast_cancer()
rows = pd.DataFrame(data.data, columns=[name.replace(" ", "_") for name in data.feature_names])
_, held_out, _, _ = train_test_split(rows, data.target, test_size=0.25, random_state=SEED, stratify=data.target)
held_out.to_csv(Path(__file__).parent / "breast-cancer-held-out.csv", index=False)
