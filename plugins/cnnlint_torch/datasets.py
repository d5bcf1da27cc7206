"""The data sets of torchvision: how many classes their labels have, and what a loader gives of them.

Source: https://docs.pytorch.org/vision/stable/datasets.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Instance, Shape, Tensor, Unknown, Value, symbol
from cnnlint_torch.framework import torch
from cnnlint_torch.tools import torchvision

CLASSES = "count of classes"
"""Of labels: the data set that they are of, and how many classes it has. Of a data set: how many classes, under a name no code reads."""
COUNTS = {
    "CIFAR10": 10,
    "CIFAR100": 100,
    "Country211": 211,
    "DTD": 47,
    "EuroSAT": 10,
    "FER2013": 7,
    "FGVCAircraft": 100,
    "FashionMNIST": 10,
    "Flowers102": 102,
    "Food101": 101,
    "GTSRB": 43,
    "ImageNet": 1000,
    "Imagenette": 10,
    "KMNIST": 10,
    "MNIST": 10,
    "OxfordIIITPet": 37,
    "PCAM": 2,
    "Places365": 365,
    "RenderedSST2": 2,
    "STL10": 10,
    "SUN397": 397,
    "SVHN": 10,
    "StanfordCars": 196,
    "USPS": 10,
}
CHOOSING = frozenset({"target_transform", "target_types", "target_type", "annotation_level", "split", "what", "transforms"})
"""Arguments after which labels may be others than a class of all."""
WITH_SPLITS = frozenset({"DTD", "FER2013", "FGVCAircraft", "Flowers102", "Food101", "GTSRB", "ImageNet", "Imagenette", "PCAM", "Places365"})
"""Of these a split has all classes."""


def declare(name: str) -> None:
    path = f"datasets.{name}"
    torchvision.cls(path)

    @torchvision.native(f"{path}.__init__", takes_unknown=True)
    def initialise(door: Door, dataset: Instance, /, *given: Value, **keywords: Value) -> None:
        chosen = CHOOSING & keywords.keys() - ({"split"} if name in WITH_SPLITS else set())
        if not chosen and len(given) <= 3 and not any(isinstance(value, Unknown) for value in given[3:]):
            door.put(dataset, CLASSES, COUNTS[name])

    @torchvision.native(f"{path}.__getitem__", takes_unknown=True)
    def sample(door: Door, dataset: Instance, /, index: Value) -> Value:
        return (door.unknown("an image of a data set"), door.unknown("a label of a data set"))

    @torchvision.native(f"{path}.__len__", takes_unknown=True)
    def length(door: Door, dataset: Instance, /) -> Value:
        return door.unknown("the length of a data set", is_free=True)

    @torchvision.native(f"{path}.__getattr__", takes_unknown=True)
    def attribute(door: Door, dataset: Instance, /, name: str) -> Value:
        return door.unknown(f"`{name}` of a data set", is_harmless=True)


for _name in COUNTS:
    declare(_name)


def batch_of(door: Door, dataset: Value) -> tuple[Value, Tensor] | None:
    """What a loader gives of a data set, images and labels; None where it is not known what the labels are."""
    while isinstance(dataset, Instance) and door.is_instance(dataset, torch, "utils.data.Subset"):
        dataset = dataset.contents.get("dataset")
    if not isinstance(dataset, Instance) or dataset.cls.declared is None or not isinstance(dataset.contents.get(CLASSES), int):
        return None
    data = {CLASSES: (dataset.cls.name, dataset.contents[CLASSES])}
    labels = Tensor(Shape((symbol("batch"),)), torch, dtype="int64", is_contiguous=True, data=data)
    return door.unknown("a batch of images"), labels
