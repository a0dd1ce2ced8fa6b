"""Writes small data sets as CSV and scores scikit-learn's k-NN and SVC on them.

Usage: scikit_small.py TRAIN_CSV FOLDER SPLITS   a `set` event for each data set of each split: its folder, which has
train.csv and held.csv (images that no training sees, with labels), and the accuracy of each peer on held.csv
"""
import json
import os
import sys

import numpy as np
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

# The presets' values for few rows were chosen on rows before this one.
FIRST_ROW = 30_000
HELD = 2_000
MNIST_SIZES = [100, 300, 1_000, 5_000]
# 70 % of scikit-learn's 1,797 images.
DIGITS_SIZES = [100, 300, 1_257]


def write(file, images, labels):
    header = ",".join(["label", *(f"pixel{i}" for i in range(images.shape[1]))])
    np.savetxt(file, np.column_stack([labels, images]), fmt="%d", delimiter=",", header=header, comments="")


def score(folder, name, split, train, held):
    os.makedirs(folder)
    write(os.path.join(folder, "train.csv"), *train)
    write(os.path.join(folder, "held.csv"), *held)
    (images, labels), (others, answers) = train, held
    ink = images.max()
    accuracy = {}
    for peer, model in [*((f"knn{k}", KNeighborsClassifier(k)) for k in (1, 3, 5)), ("svc", SVC(C=10))]:
        accuracy[peer] = model.fit(images / ink, labels).score(others / ink, answers)
    print(json.dumps({"event": "set", "set": name, "rows": len(labels), "split": split, "folder": folder, **accuracy}), flush=True)


def main(train_csv, folder, splits):
    rows = np.loadtxt(train_csv, delimiter=",", skiprows=1 + FIRST_ROW, dtype=np.int64)
    digits = load_digits()
    small = digits.data.astype(np.int64)
    for split in range(1, int(splits) + 1):
        order = np.random.RandomState(split).permutation(len(rows))
        held = rows[order[-HELD:]]
        for size in MNIST_SIZES:
            train = rows[order[:size]]
            score(os.path.join(folder, f"mnist-{size}-{split}"), "MNIST", split, (train[:, 1:], train[:, 0]), (held[:, 1:], held[:, 0]))
        order = np.random.RandomState(split).permutation(len(small))
        rest = order[DIGITS_SIZES[-1]:]
        for size in DIGITS_SIZES:
            train = order[:size]
            score(os.path.join(folder, f"digits-{size}-{split}"), "8x8 digits", split, (small[train], digits.target[train]), (small[rest], digits.target[rest]))


main(*sys.argv[1:])
