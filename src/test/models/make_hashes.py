"""Writes scikit-learn's own MurmurHash3 of some texts, one JSON line each, to hold Evenkeel's against."""

import json
import pathlib
import random

from sklearn.utils import murmurhash3_32

TEXTS = ["", "a", "ab", "abc", "abcd", "abcde", "nurse", "Bürokauffrau", "größe", "ß", "é", "e\u0301", "日本語", "😀",
         "data 😀 scientist", "\u007f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff", "\u0000", " ", "a" * 1000]
ALPHABET = "ab cdeäöüßéλж日本😀👍🏽\u0000\u007f\u0080\u07ff\u0800\uffff"
OUT = pathlib.Path(__file__).parents[1] / "resources" / "preprocess" / "murmurhash3.jsonl"

dice = random.Random(7)
texts = TEXTS + ["".join(dice.choices(ALPHABET, k=dice.randrange(1, 20))) for _ in range(60)]
with OUT.open("w") as lines:
    for text in texts:
        for seed in (0, 7, 2**31 - 1):
            vector = {"text": text, "seed": seed, "hash": int(murmurhash3_32(text, seed=seed, positive=True))}
            lines.write(json.dumps(vector) + "\n")
