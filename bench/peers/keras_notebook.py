"""The notebook's cells in Keras 2: the same network, optimizer, augmentation, schedule, batch and split.

Usage: keras_notebook.py FOLDER ANSWERS EPOCHS   trains; an `epoch` event each, scored by the answers out of the time
       keras_notebook.py FOLDER rounds           an epoch and a prediction for each line of standard input
"""
import json
import os
import platform
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras.callbacks import Callback, ReduceLROnPlateau
from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D
from keras.models import Sequential
from keras.optimizers import RMSprop
from keras.preprocessing.image import ImageDataGenerator
from keras.utils import to_categorical
from sklearn.model_selection import train_test_split

BATCH = 64


def say(event, **values):
    print(json.dumps({"event": event, **values}), flush=True)


def network():
    model = Sequential([
        Conv2D(32, 5, padding="same", activation="relu", input_shape=(28, 28, 1)),
        Conv2D(32, 5, padding="same", activation="relu"),
        MaxPool2D(2),
        Dropout(0.25),
        Conv2D(64, 3, padding="same", activation="relu"),
        Conv2D(64, 3, padding="same", activation="relu"),
        MaxPool2D(2, strides=2),
        Dropout(0.25),
        Flatten(),
        Dense(256, activation="relu"),
        Dropout(0.5),
        Dense(10, activation="softmax"),
    ])
    model.compile(optimizer=RMSprop(learning_rate=0.001, rho=0.9, epsilon=1e-8), loss="categorical_crossentropy", metrics=["accuracy"])
    return model


class Clock(Callback):
    """Times an epoch, and its training and validation alone: Keras 2 idles for about 30 s at the end of some epochs."""

    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.perf_counter()
        self.first = None

    def on_train_batch_begin(self, batch, logs=None):
        self.first = self.first or time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.last = time.perf_counter()
        self.images = (batch + 1) * BATCH

    def on_test_begin(self, logs=None):
        self.validation_began = time.perf_counter()

    def on_test_end(self, logs=None):
        self.validation_seconds = time.perf_counter() - self.validation_began

    def on_epoch_end(self, epoch, logs=None):
        self.seconds = time.perf_counter() - self.began

    def training(self):
        return {"trainImages": self.images, "trainSeconds": self.last - self.first}


def predict(model, images):
    began = time.perf_counter()
    labels = np.argmax(model.predict(images, verbose=0), axis=1)
    return labels, {"predictImages": len(images), "predictSeconds": time.perf_counter() - began}


class Report(Callback):
    """Tells of each epoch, after `clock` has stopped."""

    def __init__(self, clock, images, answers):
        super().__init__()
        self.clock, self.images, self.answers = clock, images, answers

    def on_epoch_end(self, epoch, logs=None):
        labels, prediction = predict(self.model, self.images)
        say("epoch", epoch=epoch + 1, seconds=self.clock.seconds, validationSeconds=self.clock.validation_seconds, valAccuracy=logs["val_accuracy"],
            accuracy=float(np.mean(labels == self.answers)), **self.clock.training(), **prediction)


def main(folder, what, epochs=None):
    train = pd.read_csv(os.path.join(folder, "train.csv"))
    test = pd.read_csv(os.path.join(folder, "test.csv"))
    labels = to_categorical(train["label"], num_classes=10)
    images = (train.drop(columns="label") / 255.0).values.reshape(-1, 28, 28, 1)
    test_images = (test / 255.0).values.reshape(-1, 28, 28, 1)
    x_train, x_val, y_train, y_val = train_test_split(images, labels, test_size=0.1, random_state=2)
    generator = ImageDataGenerator(rotation_range=10, zoom_range=0.1, width_shift_range=0.1, height_shift_range=0.1)
    generator.fit(x_train)
    model = network()
    clock = Clock()

    def fit(**options):
        model.fit(generator.flow(x_train, y_train, batch_size=BATCH), steps_per_epoch=len(x_train) // BATCH, verbose=0, **options)

    say("ready", parameters=model.count_params(), trainingRows=len(x_train),
        versions={"keras": keras.__version__, "tensorflow": tf.__version__, "python": platform.python_version()})
    if what == "rounds":
        for _ in sys.stdin:
            fit(epochs=1, callbacks=[clock])
            say("round", **clock.training(), **predict(model, test_images)[1])
    else:
        answers = pd.read_csv(what, nrows=len(test))["Label"].values
        reduce_rate = ReduceLROnPlateau(monitor="val_loss", patience=3, factor=0.5, min_lr=0.00001)
        fit(epochs=int(epochs), validation_data=(x_val, y_val), callbacks=[reduce_rate, clock, Report(clock, test_images, answers)])


main(*sys.argv[1:])
