"""PyTorch's usual MNIST example: its network, optimizer, schedule and batch, on all rows of train.csv.

Usage: torch_example.py FOLDER ANSWERS EPOCHS   trains; an `epoch` event each, scored by the answers out of the time
       torch_example.py FOLDER rounds           an epoch and a prediction for each line of standard input
"""
import json
import os
import platform
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BATCH = 64
TEST_BATCH = 1000


def say(event, **values):
    print(json.dumps({"event": event, **values}), flush=True)


def read(file):
    """Rows of pixels or labels: Debian's PyTorch comes with numpy, but without pandas."""
    with open(file, encoding="ascii") as lines:
        columns = lines.readline().count(",") + 1
        return np.fromstring(lines.read().replace("\n", ","), sep=",", dtype=np.float32).reshape(-1, columns)


def to_images(pixels):
    return torch.from_numpy((pixels / 255 - 0.1307) / 0.3081).reshape(-1, 1, 28, 28)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv2(F.relu(self.conv1(x)))), 2)
        x = F.relu(self.fc1(torch.flatten(self.dropout1(x), 1)))
        return F.log_softmax(self.fc2(self.dropout2(x)), dim=1)


def train(model, optimizer, images, labels):
    began = time.perf_counter()
    model.train()
    for rows in torch.randperm(len(images)).split(BATCH):
        optimizer.zero_grad()
        F.nll_loss(model(images[rows]), labels[rows]).backward()
        optimizer.step()
    return {"trainImages": len(images), "trainSeconds": time.perf_counter() - began}


def predict(model, images):
    began = time.perf_counter()
    model.eval()
    with torch.no_grad():
        labels = torch.cat([model(batch).argmax(dim=1) for batch in images.split(TEST_BATCH)])
    return labels.numpy(), {"predictImages": len(images), "predictSeconds": time.perf_counter() - began}


def main(folder, what, epochs=None):
    # Debian's build takes one thread unless it is told otherwise.
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(1)
    rows = read(os.path.join(folder, "train.csv"))
    labels = torch.from_numpy(rows[:, 0].astype(np.int64))
    images = to_images(rows[:, 1:])
    test_images = to_images(read(os.path.join(folder, "test.csv")))
    model = Net()
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    say("ready", parameters=sum(p.numel() for p in model.parameters()), trainingRows=len(images),
        versions={"torch": torch.__version__, "python": platform.python_version()})
    if what == "rounds":
        for _ in sys.stdin:
            say("round", **train(model, optimizer, images, labels), **predict(model, test_images)[1])
        return
    answers = read(what)[: len(test_images), 1]
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    for epoch in range(int(epochs)):
        training = train(model, optimizer, images, labels)
        schedule.step()
        predicted, prediction = predict(model, test_images)
        say("epoch", epoch=epoch + 1, seconds=training["trainSeconds"], accuracy=float(np.mean(predicted == answers)), **training, **prediction)


main(*sys.argv[1:])
