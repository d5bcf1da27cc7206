"""How long cold commands take, each beside what it is measured against: `python benchmarks/startup.py [--torch PYTHON --sources DIR]`.

Every pair is run in turn several times, so that a machine whose speed drifts slows both. Printed are the medians of processor time
(user and system) in milliseconds and their ratio, with the bar. With `--torch`, an interpreter that has torch, torchvision and
torchinfo, and `--sources`, the folder of torchvision's unpacked sources, the summary of resnet50 is measured against torchinfo.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

MODEL = """
import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut = nn.Sequential()
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.in_channels = 64
        self.stem = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        self.layer1 = self._make_layer(64, 2, 1)
        self.layer2 = self._make_layer(128, 2, 2)
        self.layer3 = self._make_layer(256, 2, 2)
        self.fc = nn.Linear(256, num_classes)

    def _make_layer(self, out_channels, blocks, stride):
        layers = []
        for i in range(blocks):
            layers.append(Block(self.in_channels, out_channels, stride if i == 0 else 1))
            self.in_channels = out_channels
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.stem(x)))))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


def step(net, optimizer, images, labels):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


if __name__ == "__main__":
    net = Net()
    print(net(torch.randn(1, 3, 32, 32)).shape)
"""
TORCHINFO = (
    "import sys, types; sys.modules['torchvision._meta_registrations'] = types.ModuleType('m');"
    "import torchvision, torchinfo; print(torchinfo.summary(torchvision.models.resnet50(), (1, 3, 224, 224)))"
)


@dataclass(frozen=True)
class Pair:
    """A command, what it is measured against, and the bar: at most so many times, or at least so many times faster."""

    name: str
    command: Sequence[str]
    against: Sequence[str]
    bar: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--torch", help="an interpreter that has torch, torchvision and torchinfo")
    parser.add_argument("--sources", type=pathlib.Path, help="the folder that holds torchvision's unpacked sources")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CNNLINT_CACHE_DIR"] = folder
        model = pathlib.Path(folder) / "model.py"
        model.write_text(MODEL, encoding="utf-8")
        for pair in pairs(model, options):
            measure(pair, options.runs)


def pairs(model: pathlib.Path, options: argparse.Namespace) -> list[Pair]:
    cnnlint = shutil.which("cnnlint", path=str(pathlib.Path(sys.executable).parent)) or "cnnlint"
    libcst = [sys.executable, "-c", "import libcst"]
    lines = MODEL.count(chr(10))
    found = [
        Pair(f"check without a cache, {lines} lines / import libcst", [cnnlint, "check", "--no-cache", str(model)], libcst, "at most 1.6"),
        Pair(f"check again, {lines} lines / import libcst", [cnnlint, "check", str(model)], libcst, "less than without a cache"),
        Pair("--version / bare Python", [cnnlint, "--version"], [sys.executable, "-c", ""], "at most 3"),
        Pair("explain / import libcst", [cnnlint, "explain", "channel-mismatch"], libcst, "at most 0.5"),
    ]
    if options.torch and options.sources:
        summary = [
            cnnlint,
            "summary",
            "torchvision.models.resnet::resnet50",
            "--input",
            "1,3,224,224",
            "--src",
            str(options.sources),
            "--no-cache",
        ]
        found.append(Pair("summary of resnet50 / torch and torchinfo", summary, [options.torch, "-c", TORCHINFO], "at most 0.2"))
    return found


def measure(pair: Pair, runs: int) -> None:
    ours, theirs = [], []
    seconds(pair.command), seconds(pair.against)  # once for the files to be in memory
    for _ in range(runs):
        ours.append(seconds(pair.command))
        theirs.append(seconds(pair.against))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    first, second = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(f"{pair.name}: {first:.0f} ms / {second:.0f} ms = {ratio:.2f} ({pair.bar})")


def seconds(command: Sequence[str]) -> float:
    """Processor time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
