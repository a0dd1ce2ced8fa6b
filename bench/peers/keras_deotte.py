"""One of the networks of Chris Deotte's "25 Million Images! [0.99757] MNIST" in Keras 2: his layers, augmentation, batch and rates.

Usage: keras_deotte.py FOLDER SEED FILE   trains 15 epochs on all of train.csv; writes the probabilities of test.csv as float32
"""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
import pandas as pd
from keras.callbacks import LambdaCallback, LearningRateScheduler
from keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten
from keras.models import Sequential
from keras.preprocessing.image import ImageDataGenerator
from keras.utils import to_categorical

BATCH = 64
EPOCHS = 15


def say(event, **values):
    print(json.dumps({"event": event, **values}), flush=True)


def network():
    def conv(filters, size, **options):
        return [Conv2D(filters, size, activation="relu", **options), BatchNormalization()]

    model = Sequential([
        *conv(32, 3, input_shape=(28, 28, 1)), *conv(32, 3), *conv(32, 5, strides=2, padding="same"), Dropout(0.4),
        *conv(64, 3), *conv(64, 3), *conv(64, 5, strides=2, padding="same"), Dropout(0.4),
        *conv(128, 4), Flatten(), Dropout(0.4), Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model


def main(folder, seed, file):
    keras.utils.set_random_seed(int(seed))
    train = pd.read_csv(os.path.join(folder, "train.csv"))
    test = pd.read_csv(os.path.join(folder, "test.csv"))
    labels = to_categorical(train["label"], num_classes=10)
    images = (train.drop(columns="label") / 255.0).values.reshape(-1, 28, 28, 1)
    generator = ImageDataGenerator(rotation_range=10, zoom_range=0.1, width_shift_range=0.1, height_shift_range=0.1)
    model = network()
    began = time.perf_counter()
    model.fit(
        generator.flow(images, labels, batch_size=BATCH, seed=int(seed)), epochs=EPOCHS, steps_per_epoch=len(images) // BATCH, verbose=0,
        callbacks=[LearningRateScheduler(lambda epoch: 1e-3 * 0.95 ** epoch),
                   LambdaCallback(on_epoch_end=lambda epoch, logs: say("epoch", epoch=epoch + 1, loss=logs["loss"]))])
    seconds = time.perf_counter() - began
    probabilities = model.predict((test / 255.0).values.reshape(-1, 28, 28, 1), verbose=0)
    # Renamed when whole: an interrupted training leaves no half of it.
    probabilities.astype("<f4").tofile(file + ".tmp")
    os.replace(file + ".tmp", file)
    say("done", seconds=seconds)


main(*sys.argv[1:])
