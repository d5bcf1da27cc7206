"""Dtypes, the classes of scalars, and the constants of `numpy`.

Source: https://numpy.org/doc/stable/reference/arrays.dtypes.html
"""

from __future__ import annotations

import math

from cnnlint.plugin import ClassValue, Door, Expression, FrameworkNumber, Instance, NativeFunction, Tensor, Unknown, Value
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import FLOATS, INTEGERS, ITEM_SIZES
from cnnlint_numpy.scalars import fits, plain, scalar

KINDS = {"f": "float", "i": "int", "u": "uint", "c": "complex", "b": "bool"}
PYTHON_TYPES = {"float": "float64", "int": "int64", "bool": "bool", "complex": "complex128"}
SHORT_NAMES = {
    **PYTHON_TYPES,
    **{f"{kind}{size}": f"{KINDS[kind]}{size * 8}" for kind in "fiu" for size in (1, 2, 4, 8) if kind != "f" or size > 1},
    "f": "float32",
    "d": "float64",
    "e": "float16",
    "i": "int32",
    "l": "int64",
    "q": "int64",
    "B": "uint8",
    "b": "int8",
    "?": "bool",
    "half": "float16",
    "single": "float32",
    "double": "float64",
    "long": "int64",
    "uint": "uint64",
    "intc": "int32",
    "byte": "int8",
}
ALIASES = {
    "bool": "bool_ bool8",
    "int8": "byte",
    "int16": "short",
    "int32": "intc",
    "int64": "int_ intp long longlong",
    "uint8": "ubyte",
    "uint16": "ushort",
    "uint32": "uintc",
    "uint64": "uint uintp ulong ulonglong",
    "float16": "half",
    "float32": "single",
    "float64": "double float_",
    "complex128": "cdouble complex_",
    "complex64": "csingle",
}

DTYPE_CLASS = ClassValue("dtype", module="numpy")


def bases_of(name: str) -> tuple[str, ...]:
    if name in FLOATS:
        return ("floating", "float") if name == "float64" else ("floating",)
    if name in INTEGERS:
        return ("unsignedinteger",) if name.startswith("u") else ("signedinteger",)
    return ("complexfloating",) if name.startswith("complex") else ("generic",)


for _name, _base in {
    "generic": "",
    "number": "generic",
    "integer": "number",
    "inexact": "number",
    "signedinteger": "integer",
    "unsignedinteger": "integer",
    "floating": "inexact",
    "complexfloating": "inexact",
}.items():
    numpy.cls(_name, *([_base] if _base else []))
for _name in ITEM_SIZES:
    numpy.cls(_name, *bases_of(_name))
    numpy.alias(_name, *ALIASES.get(_name, "").split())


def made_dtype(name: str) -> Instance:
    found = Instance(DTYPE_CLASS)
    kind = "b" if name == "bool" else name[0]
    found.contents = {"name": name, "itemsize": ITEM_SIZES[name], "kind": kind, "char": kind, "str": f"<{kind}{ITEM_SIZES[name]}"}
    return found


DTYPES = {name: made_dtype(name) for name in ITEM_SIZES}


def dtype_name(value: Value, default: str | None = None) -> str | None:
    """The name of a dtype that is given as `np.float32`, `float`, `"float32"`, `"f4"` or a dtype; else `default`.

    None for what is not known.
    """
    if value is None:
        return default
    if isinstance(value, Instance):
        name = value.contents.get("name")
        return name if value.cls.name == "dtype" and isinstance(name, str) and name in ITEM_SIZES else None
    if isinstance(value, ClassValue):
        if value.module == "builtins":
            return PYTHON_TYPES.get(value.name)
        return value.name if value.module == "numpy" and value.name in ITEM_SIZES else None
    if isinstance(value, str):
        text = value.lstrip("<>=|")
        return text if text in ITEM_SIZES else SHORT_NAMES.get(text)
    return None


def dtype_value(name: str | None) -> Value:
    return DTYPES[name] if name in DTYPES else Unknown("the dtype of an array")


def new_dtype(machine: object, cls: Value, dtype: Value, *options: Value, **named: Value) -> Value:
    """`np.dtype("float32")`"""
    return dtype_value(dtype_name(dtype))


def same_dtype(machine: object, left: Value, right: Value) -> Value:
    """A dtype equals its class and its name too."""
    name = dtype_name(right)
    return Unknown("whether dtypes are equal") if name is None and not isinstance(right, str) else left.contents["name"] == name


DTYPE_CLASS.contents = {"__new__": NativeFunction("__new__", new_dtype), "__eq__": NativeFunction("__eq__", same_dtype)}
numpy.constant("dtype", DTYPE_CLASS)


def new_scalar(door: Door, cls: Value, value: Value = 0, *, name: str) -> Value:
    """`np.float32(x)`: a scalar of a number, an array of a sequence."""
    number = value
    if isinstance(value, Tensor):
        if value.shape.rank != 0:
            return converted(door, value, name)
        number = value.values[0] if value.values is not None else Unknown("the number in an array")
    if isinstance(number, (str, bytes)):
        try:
            number = float(number) if name in FLOATS else int(number)
        except ValueError:
            return door.unknown("a number that is read from text")
    if isinstance(number, Expression):
        return number if name == "float64" or (name == "int64" and number.is_integer) else door.unknown(f"np.{name} of `{number}`")
    if isinstance(number, (int, float)):
        return scalar(plain(number), name) if fits(number, name) else door.unknown(f"np.{name} of a number that is too large for it")
    if isinstance(number, Unknown):
        return number
    return converted(door, value, name)


def converted(door: Door, value: Value, name: str) -> Value:
    """A sequence as an array of this dtype."""
    return door.call(door.framework_value(numpy, "array"), value, dtype=DTYPES[name])


for _name in ITEM_SIZES:

    def _new(door: Door, cls: Value, value: Value = 0, *, _name: str = _name) -> Value:
        return new_scalar(door, cls, value, name=_name)

    numpy.native(f"{_name}.__new__")(_new)


numpy.constant("pi", math.pi)
numpy.constant("e", math.e)
numpy.constant("inf", math.inf)
numpy.constant("nan", math.nan)
numpy.constant("euler_gamma", 0.5772156649015329)
numpy.constant("newaxis", None)
numpy.constant("True_", scalar(True, "bool"))
numpy.constant("False_", scalar(False, "bool"))
numpy.alias("inf", "Inf", "Infinity", "infty", "PINF")
numpy.alias("nan", "NaN", "NAN")
numpy.constant("NINF", -math.inf)

FLOAT_INFO = {
    "float64": (1.7976931348623157e308, 2.220446049250313e-16, 2.2250738585072014e-308, 64),
    "float32": (3.4028234663852886e38, 1.1920928955078125e-07, 1.1754943508222875e-38, 32),
    "float16": (65504.0, 0.0009765625, 6.103515625e-05, 16),
}
INFO_CLASSES = {kind: ClassValue(kind, module="numpy") for kind in ("finfo", "iinfo")}


def info_name(value: Value) -> str | None:
    if isinstance(value, FrameworkNumber):
        return value.kind
    return value.dtype if isinstance(value, Tensor) else dtype_name(value)


@numpy.native("finfo")
def finfo(door: Door, dtype: Value) -> Value:
    """The limits of a floating dtype."""
    name = info_name(dtype)
    if name not in FLOAT_INFO:
        return door.unknown("the limits of a dtype")
    most, eps, tiny, bits = FLOAT_INFO[name]
    found = Instance(INFO_CLASSES["finfo"])
    limits = {"max": most, "min": -most, "eps": eps, "tiny": tiny, "smallest_normal": tiny}
    found.contents = {**{key: scalar(value, name) for key, value in limits.items()}, "bits": bits, "dtype": DTYPES[name]}
    return found


@numpy.native("iinfo")
def iinfo(door: Door, type: Value) -> Value:
    """The limits of an integer dtype."""
    name = info_name(type)
    if name not in INTEGERS:
        return door.unknown("the limits of a dtype")
    bits = abs(INTEGERS[name])
    least, most = (0, (1 << bits) - 1) if INTEGERS[name] < 0 else (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    found = Instance(INFO_CLASSES["iinfo"])
    found.contents = {"max": most, "min": least, "bits": bits, "dtype": DTYPES[name]}
    return found
