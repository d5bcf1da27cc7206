"""Data: the data sets that come with Keras, loaders of folders of images, and TensorFlow's pipelines.

Sources: https://keras.io/api/datasets/, https://keras.io/api/data_loading/ and https://www.tensorflow.org/api_docs/python/tf/data
"""

from __future__ import annotations

from cnnlint.plugin import (
    DictValue,
    Dim,
    Door,
    FunctionValue,
    Instance,
    ListValue,
    Shape,
    Tensor,
    Unknown,
    Value,
    symbol,
)
from cnnlint_keras.framework import BATCH, OPEN, keras
from cnnlint_keras.loss import CLASSES, IS_ONE_HOT
from cnnlint_keras.origins import mapped
from cnnlint_keras.shaping import sizes_in

ELEMENT = "_element"
"""What one turn over the data gives, as a tuple; absent where it is not known."""

ARRAYS: dict[str, tuple[int, int, tuple[int, ...], tuple[int, ...], str]] = {
    "mnist": (60000, 10000, (28, 28), (), "uint8"),
    "fashion_mnist": (60000, 10000, (28, 28), (), "uint8"),
    "cifar10": (50000, 10000, (32, 32, 3), (1,), "uint8"),
    "cifar100": (50000, 10000, (32, 32, 3), (1,), "uint8"),
    "boston_housing": (404, 102, (13,), (), "float64"),
    "california_housing": (16512, 4128, (8,), (), "float32"),
}
"""Examples for training and for tests, the shape of one and of its label, and the dtype."""


CLASS_COUNTS = {"mnist": 10, "fashion_mnist": 10, "cifar10": 10, "cifar100": 100}


def array(shape: tuple[int, ...], dtype: str, data: dict[str, Value] | None = None) -> Tensor:
    return Tensor(Shape(shape), keras, dtype=dtype, is_contiguous=True, data=data)


def load(name: str) -> None:
    """Declare the function that gives a data set as two pairs of arrays."""
    train, test, image, label, dtype = ARRAYS[name]

    @keras.native(f"datasets.{name}.load_data", takes_unknown=True)
    def load_data(door: Door, /, *given: Value, **keywords: Value) -> Value:
        if name == "boston_housing" and (given or keywords):
            return door.unknown("a data set that is split otherwise")
        is_known = name in CLASS_COUNTS and not given and not keywords.keys() - {"path"}
        classes = {CLASSES: (name, CLASS_COUNTS[name])} if is_known else None
        return tuple((array((count, *image), dtype), array((count, *label), "uint8", classes)) for count in (train, test))


for _name in ARRAYS:
    load(_name)


@keras.native("datasets.imdb.load_data", "datasets.reuters.load_data", takes_unknown=True)
def load_texts(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """Texts of all lengths: arrays of lists."""
    return door.unknown("texts of a data set")


# Folders of images

keras.cls("tf.data.Dataset")
keras.cls("preprocessing.image.DirectoryIterator")
keras.cls("preprocessing.image.ImageDataGenerator")
keras.alias("preprocessing.image.ImageDataGenerator", "legacy.preprocessing.image.ImageDataGenerator")

CLASS_MODES = {"categorical": 2, "binary": 1, "sparse": 1, "int": 1}


def labels(mode: Value, classes: Value = None) -> Tensor:
    """The labels of a batch: numbers, or rows of as many as there are classes."""
    names = classes.contents if isinstance(classes, ListValue) else classes
    if mode == "categorical":
        count = len(names) if isinstance(names, (list, tuple)) else symbol("classes", kind=OPEN)
        return Tensor(Shape((BATCH, count)), keras, dtype="float32", data={IS_ONE_HOT: True})
    data = {CLASSES: ("the folder", len(names))} if isinstance(names, (list, tuple)) else None
    return Tensor(Shape((BATCH,) if mode in CLASS_MODES else (), leading=mode not in CLASS_MODES), keras, data=data)


def images(size: Value, color_mode: Value, default: tuple[Dim, Dim] = (256, 256)) -> Tensor | None:
    """A batch of images of a size; None where it is not known."""
    sizes = default if size is None else sizes_in(size)
    channels = {"rgb": 3, "grayscale": 1, "rgba": 4}.get(color_mode) if isinstance(color_mode, str) else None
    if sizes is None or len(sizes) != 2 or channels is None:
        return None
    return Tensor(Shape((BATCH, *sizes, channels)), keras, dtype="float32")


def dataset(door: Door, element: Value, kind: str = "tf.data.Dataset") -> Value:
    """Data of which one turn gives this tuple; of which it is not known what it gives, for None."""
    cls = door.framework_value(keras, kind)
    made = door.instance(cls)
    if element is not None:
        door.put(made, ELEMENT, element)
    return made


@keras.native(
    "utils.image_dataset_from_directory",
    "preprocessing.image_dataset_from_directory",
    "preprocessing.image.image_dataset_from_directory",
    takes_unknown=True,
)
def from_directory(
    door: Door,
    /,
    directory: Value = None,
    labels_: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    color_mode: Value = "rgb",
    batch_size: Value = 32,
    image_size: Value = None,
    *options: Value,
    **keywords: Value,
) -> Value:
    """Batches of images of one size, with their labels."""
    found = images(image_size, color_mode)
    has_labels = keywords.get("labels", labels_) is not None and label_mode is not None
    element: Value = None if found is None else (found, labels(label_mode, class_names)) if has_labels else (found,)
    made = dataset(door, element)
    return (made, dataset(door, element)) if keywords.get("subset") == "both" else made


@keras.native("preprocessing.image.ImageDataGenerator.__init__", takes_unknown=True)
def make_generator(door: Door, generator: Instance, /, *given: Value, **keywords: Value) -> None:
    return


@keras.native(
    "preprocessing.image.ImageDataGenerator.flow_from_directory",
    "preprocessing.image.ImageDataGenerator.flow_from_dataframe",
    takes_unknown=True,
)
def flow_from_directory(
    door: Door,
    generator: Instance,
    /,
    directory: Value = None,
    target_size: Value = None,
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    *options: Value,
    **keywords: Value,
) -> Value:
    found = images(target_size, color_mode)
    element: Value = None if found is None else (found, labels(class_mode, classes)) if class_mode is not None else (found,)
    return dataset(door, element, "preprocessing.image.DirectoryIterator")


@keras.native("preprocessing.image.ImageDataGenerator.flow", takes_unknown=True)
def flow(door: Door, generator: Instance, /, x: Value = None, y: Value = None, *options: Value, **keywords: Value) -> Value:
    parts = [value for value in (x, y) if isinstance(value, Tensor)]
    element = tuple(batched(value) for value in parts) if parts and parts[0] is x else None
    return dataset(door, element, "preprocessing.image.DirectoryIterator")


@keras.native("preprocessing.image.ImageDataGenerator.fit", takes_unknown=True)
def fit_generator(door: Door, generator: Instance, /, *given: Value, **keywords: Value) -> None:
    return


# Pipelines


def batched(tensor: Tensor) -> Tensor:
    """The rows of an array, in batches of open size."""
    return Tensor(Shape((BATCH, *tensor.shape.dims[1:]), tensor.shape.leading), keras, dtype=tensor.dtype, data=tensor.data)


@keras.native("tf.data.Dataset.from_tensor_slices", takes_unknown=True)
def from_slices(door: Door, /, tensors: Value, *options: Value, **keywords: Value) -> Value:
    """One row of each array at each turn."""

    def row(tensor: Tensor) -> Tensor:
        return Tensor(Shape(tensor.shape.dims[1:], tensor.shape.leading), keras, dtype=tensor.dtype, data=tensor.data)

    whole = tensors if isinstance(tensors, tuple) else (tensors,)
    known = all(isinstance(value, (Tensor, DictValue)) for value in whole)
    return dataset(door, tuple(mapped(value, row) for value in whole) if known else None)


@keras.native("tf.data.Dataset.batch", takes_unknown=True)
def batch(door: Door, data: Instance, /, *given: Value, **keywords: Value) -> Value:
    """Rows put together: the batch before the axes of a row."""
    element = data.contents.get(ELEMENT)

    def put(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        return tensor if shape.leading else Tensor(Shape((BATCH, *shape.dims)), keras, dtype=tensor.dtype, data=tensor.data)

    return dataset(door, None if element is None else mapped(element, put))


@keras.native("tf.data.Dataset.map", takes_unknown=True)
def map_(door: Door, data: Instance, /, map_func: Value, *options: Value, **keywords: Value) -> Value:
    element = data.contents.get(ELEMENT)
    if not isinstance(element, tuple) or not isinstance(map_func, (FunctionValue, Instance)):
        return dataset(door, None)
    result = door.call(map_func, *element)
    if isinstance(result, Unknown):
        return dataset(door, None)
    return dataset(door, result if isinstance(result, tuple) else (result,))


KEEPING = "shuffle prefetch cache repeat take skip filter shard with_options ignore_errors snapshot"


@keras.native(*(f"tf.data.Dataset.{name}" for name in KEEPING.split()), takes_unknown=True)
def same(door: Door, data: Instance, /, *given: Value, **keywords: Value) -> Value:
    """The same elements in another order or number."""
    return data


@keras.native("tf.data.Dataset.__iter__", "preprocessing.image.DirectoryIterator.__iter__", takes_unknown=True)
def turns(door: Door, data: Instance, /) -> Value:
    return door.unknown("a batch of data")


@keras.native(
    "tf.data.Dataset.__getattr__",
    "preprocessing.image.DirectoryIterator.__getattr__",
    "preprocessing.image.ImageDataGenerator.__getattr__",
    takes_unknown=True,
)
def attribute(door: Door, data: Instance, /, name: str) -> Value:
    return door.unknown(f"`{name}` of a data set", is_harmless=True)


@keras.native(
    "tf.data.Dataset.from_generator", "tf.data.Dataset.range", "tf.data.TFRecordDataset", "tf.data.Dataset.zip", takes_unknown=True
)
def others(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return dataset(door, None)
