"""Dtypes, numbers, memory formats and the other constants of `torch`.

Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html
"""

from __future__ import annotations

import math

from cnnlint.plugin import ClassValue, Door, FrameworkTuple, Instance, Unknown, Value
from cnnlint_torch.framework import torch

ITEM_SIZES = {
    "float64": 8,
    "float32": 4,
    "float16": 2,
    "bfloat16": 2,
    "complex32": 4,
    "complex64": 8,
    "complex128": 16,
    "int64": 8,
    "int32": 4,
    "int16": 2,
    "int8": 1,
    "uint8": 1,
    "uint16": 2,
    "uint32": 4,
    "uint64": 8,
    "bool": 1,
    "float8_e4m3fn": 1,
    "float8_e5m2": 1,
    "qint8": 1,
    "quint8": 1,
    "qint32": 4,
}
SHORT_NAMES = {
    "float": "float32",
    "double": "float64",
    "half": "float16",
    "long": "int64",
    "int": "int32",
    "short": "int16",
    "cfloat": "complex64",
    "cdouble": "complex128",
    "chalf": "complex32",
}
PYTHON_TYPES = {"float": "float64", "int": "int64", "bool": "bool", "complex": "complex128"}
TENSOR_CLASSES = {
    "FloatTensor": "float32",
    "DoubleTensor": "float64",
    "HalfTensor": "float16",
    "BFloat16Tensor": "bfloat16",
    "LongTensor": "int64",
    "IntTensor": "int32",
    "ShortTensor": "int16",
    "CharTensor": "int8",
    "ByteTensor": "uint8",
    "BoolTensor": "bool",
}

DTYPE_CLASS = ClassValue("dtype", module="torch")
torch.constant("dtype", DTYPE_CLASS)


def made_dtype(name: str) -> Instance:
    found = Instance(DTYPE_CLASS)
    found.contents = {
        "name": name,
        "itemsize": ITEM_SIZES[name],
        "is_floating_point": "float" in name,
        "is_complex": name.startswith("complex"),
        "is_signed": not name.startswith("uint") and name != "bool",
    }
    return found


DTYPES = {name: made_dtype(name) for name in ITEM_SIZES}
for _name, _dtype in DTYPES.items():
    torch.constant(_name, _dtype)
for _name, _long in SHORT_NAMES.items():
    torch.constant(_name, DTYPES[_long])


def dtype_name(value: Value, default: str | None = None) -> str | None:
    """The name of a dtype that is given as `torch.float32`, `float`, `torch.FloatTensor` or its name; else `default`.

    None for what is not known, and for what is no dtype.
    """
    if value is None:
        return default
    if isinstance(value, Instance) and value.cls is DTYPE_CLASS:
        name: str = value.contents["name"]
        return name
    if isinstance(value, ClassValue):
        if value.module == "builtins":
            return PYTHON_TYPES.get(value.name)
        return TENSOR_CLASSES.get(value.name)
    if isinstance(value, str):
        return TENSOR_CLASSES.get(value.rpartition(".")[2])
    return None


def dtype_value(name: str | None) -> Value:
    return DTYPES[name] if name in DTYPES else Unknown("the dtype of a tensor")


torch.constant("inf", math.inf)
torch.constant("nan", math.nan)
torch.constant("pi", math.pi)
torch.constant("e", math.e)
torch.constant("newaxis", None)

for _kind, _names in {
    "memory_format": "contiguous_format channels_last channels_last_3d preserve_format",
    "layout": "strided sparse_coo sparse_csr",
}.items():
    _class = ClassValue(_kind, module="torch")
    torch.constant(_kind, _class)
    for _name in _names.split():
        torch.constant(_name, Instance(_class))


class Size(FrameworkTuple):
    """`torch.Size`: a tuple of sizes that knows its product."""

    __slots__ = ()

    framework = torch
    kind = "Size"


torch.cls("Size", "tuple")


@torch.native("Size.__new__", takes_unknown=True)
def new_size(door: Door, cls: Value, /, sizes: Value = ()) -> Value:
    items = door.iterate(sizes)
    return items if isinstance(items, Unknown) else Size(items)


@torch.native("Size.numel")
def numel_of_size(door: Door, size: Size, /) -> Value:
    product: Value = 1
    for dim in size:
        product = door.binary("*", product, dim)
    return product


FLOAT_INFO = {
    "float64": (1.7976931348623157e308, 2.220446049250313e-16, 2.2250738585072014e-308, 64),
    "float32": (3.4028234663852886e38, 1.1920928955078125e-07, 1.1754943508222875e-38, 32),
    "float16": (65504.0, 0.0009765625, 6.103515625e-05, 16),
    "bfloat16": (3.3895313892515355e38, 0.0078125, 1.1754943508222875e-38, 16),
}
INFO_CLASSES = {kind: ClassValue(kind, module="torch") for kind in ("finfo", "iinfo")}


@torch.native("finfo")
def finfo(door: Door, /, type: Value = None, dtype: Value = None) -> Value:
    """The limits of a floating dtype."""
    name = dtype_name(type if dtype is None else dtype, "float32")
    if name not in FLOAT_INFO:
        return door.unknown("the limits of a dtype")
    most, eps, tiny, bits = FLOAT_INFO[name]
    found = Instance(INFO_CLASSES["finfo"])
    found.contents = {"max": most, "min": -most, "eps": eps, "tiny": tiny, "smallest_normal": tiny, "bits": bits, "dtype": name}
    return found


@torch.native("iinfo")
def iinfo(door: Door, /, type: Value) -> Value:
    """The limits of an integer dtype."""
    name = dtype_name(type)
    if name is None or "int" not in name or name.startswith("q"):
        return door.unknown("the limits of a dtype")
    bits = 8 * ITEM_SIZES[name]
    is_signed = not name.startswith("u")
    least, most = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if is_signed else (0, (1 << bits) - 1)
    found = Instance(INFO_CLASSES["iinfo"])
    found.contents = {"max": most, "min": least, "bits": bits, "dtype": name}
    return found
