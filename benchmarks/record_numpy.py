"""Records what NumPy gives for random expressions of the kind that model code computes sizes and schedules with.

    python benchmarks/record_numpy.py tests/conformance/data/numpy.json

It needs NumPy, which cnnlint itself does not. A row holds the program text and `out`, as `written` says, or the exception's name in `err`.
"""

from __future__ import annotations

import json
import pathlib
import random
import sys
import warnings
from collections.abc import Callable, Iterator

import numpy as np

DTYPES = ("float64", "float64", "float64", "float32", "int64", "int64", "int32", "uint8", "int8", "bool")
UNARY = "sqrt exp log log2 log10 floor ceil trunc rint negative absolute square sign isnan isfinite sin cos tanh reciprocal expm1 log1p"
APPROXIMATE = {"exp", "log", "log2", "log10", "sin", "cos", "tanh", "expm1", "log1p", "exp2", "power", "logspace", "arctan2", "hypot", "**"}
BINARY = "add subtract multiply divide floor_divide mod power maximum minimum less equal greater_equal logical_and fmod"
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "==", ">="]
REDUCTIONS = ["sum", "prod", "max", "min", "mean", "any", "all", "argmax", "argmin", "std", "var"]


def numbers(rng: random.Random, count: int, dtype: str) -> list[object]:
    if dtype == "bool":
        return [rng.random() < 0.5 for _ in range(count)]
    if "int" in dtype:
        low = 0 if dtype.startswith("u") else -9
        return [rng.randint(low, 20) for _ in range(count)]
    return [rng.choice((round(rng.uniform(-5, 20), 2), rng.uniform(0, 1), float(rng.randint(-3, 9)))) for _ in range(count)]


def nested(values: list[object], sizes: list[int]) -> object:
    if not sizes:
        return values[0]
    step = len(values) // sizes[0] if sizes[0] else 0
    return [nested(values[place * step : (place + 1) * step], sizes[1:]) for place in range(sizes[0])]


def array(rng: random.Random, sizes: list[int] | None = None, dtype: str | None = None) -> str:
    sizes = sizes if sizes is not None else [rng.randint(1, 4) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    dtype = dtype or rng.choice(DTYPES)
    values = numbers(rng, int(np.prod(sizes)), dtype)
    text = repr(nested(values, sizes))
    return f"np.array({text}, dtype=np.{dtype})" if rng.random() < 0.8 or not values else f"np.array({text})"


def number(rng: random.Random) -> str:
    dtype = rng.choice(DTYPES)
    text = repr(numbers(rng, 1, dtype)[0])
    return text if rng.random() < 0.4 else f"np.{dtype}({text})"


def axes(rng: random.Random, rank: int) -> str:
    return rng.choice(("None", *map(str, range(-rank, rank)), str(rank), "(0, 1)" if rank > 1 else "0"))


def sizes(rng: random.Random, rank: int | None = None) -> list[int]:
    return [rng.randint(1, 4) for _ in range(rank or rng.choice((1, 2, 2, 3)))]


def creations(rng: random.Random) -> str:
    a, b, c = rng.randint(-4, 4), rng.randint(-4, 9), rng.choice((1, 2, 3, -1, 0.5, 0.25, 0.1))
    return rng.choice(
        (
            f"np.arange({b})",
            f"np.arange({a}, {b})",
            f"np.arange({a}, {b}, {c})",
            f"np.arange({a}, {b}, {c}, dtype=np.float32)" if isinstance(c, int) else f"np.arange({a / 3!r}, {b}, {c})",
            f"np.linspace({a}, {b}, {rng.randint(0, 12)})",
            f"np.linspace({rng.random()!r}, {rng.random()!r}, {rng.randint(1, 30)})",
            f"np.linspace({a}, {b}, num={rng.randint(1, 9)}, endpoint=False)",
            f"np.linspace({a}, {b}, {rng.randint(1, 9)}, dtype={rng.choice(('int', 'np.float32'))})",
            f"np.logspace({a}, {b}, {rng.randint(1, 5)})",
            f"np.zeros({tuple(sizes(rng))})",
            f"np.ones({rng.randint(0, 3)}, dtype=np.int32)",
            f"np.full({tuple(sizes(rng))}, {rng.choice(('3', '2.5', 'True', 'np.float32(2)'))})",
            f"np.eye({rng.randint(1, 4)})",
            f"np.eye({rng.randint(1, 4)}, {rng.randint(1, 4)}, k={rng.randint(-1, 1)}, dtype=int)",
            f"np.zeros_like({array(rng)})",
            f"np.meshgrid(np.arange({b}), np.arange(3){rng.choice(('', ', indexing=' + repr('ij')))})",
            f"np.array({[rng.choice((1, 2.5, True)) for _ in range(3)]})",
            f"np.array([{number(rng)}, {number(rng)}])",
            f"np.array({[[1, 2], [3]]})" if rng.random() < 0.3 else f"np.asarray({sizes(rng)}).tolist()",
            f"np.random.rand({rng.randint(1, 3)}, 2).shape",
            f"np.random.randint(0, 5, size=({rng.randint(1, 3)}, 2)).shape",
        )
    )


def unary(rng: random.Random) -> str:
    return f"np.{rng.choice(UNARY.split())}({array(rng) if rng.random() < 0.7 else number(rng)})"


def binary(rng: random.Random) -> str:
    left, right = (array(rng, sizes(rng, rng.choice((1, 2)))) if rng.random() < 0.6 else number(rng) for _ in range(2))
    if rng.random() < 0.5:
        left, right = array(rng, [1, 3]), array(rng, rng.choice(([2, 3], [3], [2, 1], [2])))
    return f"np.{rng.choice(BINARY.split())}({left}, {right})" if rng.random() < 0.4 else f"{left} {rng.choice(OPERATORS)} {right}"


def scalars(rng: random.Random) -> str:
    a, b = number(rng), number(rng)
    return rng.choice(
        (
            f"{a} {rng.choice(OPERATORS)} {b}",
            f"{a} {rng.choice(OPERATORS)} np.int64(3)",
            f"int({a} / 3)",
            f"float({a})",
            f"round({a}, 1)",
            f"int(np.ceil({a} * 0.75))",
            f"int(np.prod({sizes(rng)}))",
            f"np.prod({tuple(sizes(rng))}) // 2",
            f"np.sqrt({a}).item()",
            f"isinstance({a}, int), isinstance({a}, float), isinstance({a}, np.floating)",
            f"np.clip({a}, 0, {b})",
            f"np.round({a}, {rng.randint(0, 2)})",
            f"np.{rng.choice(DTYPES)}({a})",
            f"-{a}, abs({a})",
            f"[{a}, {b}][np.int64(1)]",
            f"list(range(np.int64({rng.randint(0, 4)})))",
            f"max({a}, {b}), min({a}, 2)",
            f"sum([{a}, {b}])",
            f"f'{{{a}}} {{{b}}}'",
        )
    )


def reductions(rng: random.Random) -> str:
    rank = rng.choice((1, 1, 2, 3))
    text = array(rng, [rng.choice((1, 2, 3, 9, 17)) for _ in range(rank)])
    name = rng.choice((*REDUCTIONS, "cumsum", "cumprod"))
    if name.startswith("cum"):
        return f"np.{name}({text})" if rng.random() < 0.5 else f"{text}.{name}(axis={rng.randint(-rank, rank - 1)})"
    kept = ", keepdims=True" if rng.random() < 0.3 and name not in ("argmax", "argmin") else ""
    axis = axes(rng, rank)
    axis = "None" if name.startswith("arg") and "(" in axis else axis
    if axis == "None":
        return rng.choice((f"np.{name}({text}{kept})", f"{text}.{name}()", f"np.median({text})"))
    return rng.choice((f"np.{name}({text}, axis={axis}{kept})", f"{text}.{name}({axis})"))


def shapes(rng: random.Random) -> str:
    own = sizes(rng)
    text, other = array(rng, own, "int64"), array(rng, sizes(rng), rng.choice(("int64", "float32")))
    count = int(np.prod(own))
    target = rng.choice(((-1,), (count,), (1, -1), (2, -1), (-1, 3), (count, 1), (2, 3)))
    same = array(rng, [*own[:-1], rng.randint(1, 3)], rng.choice(DTYPES))
    axis = rng.randint(-len(own), len(own))
    return rng.choice(
        (
            f"{text}.reshape({target})",
            f"np.reshape({text}, {target})",
            f"{text}.T",
            f"{text}.transpose({', '.join(map(str, rng.sample(range(len(own)), len(own))))})",
            f"np.swapaxes({text}, 0, {axis})",
            f"np.moveaxis({text}, 0, {axis})",
            f"np.expand_dims({text}, {axis})",
            f"np.squeeze({text})",
            f"{text}.squeeze({axis})",
            f"{text}[None].squeeze(0)",
            f"np.concatenate([{text}, {same}], axis=-1)",
            f"np.concatenate([{text}, {other}], axis={axis})",
            f"np.concatenate(({text}, {text}), axis=None)",
            f"np.stack([{text}, {text}], axis={axis})",
            f"np.stack([{text}, {other}])",
            f"np.hstack([{text}, {same}])",
            f"np.vstack([{text}, {text}])",
            f"np.split({text}, {rng.randint(1, 3)})",
            f"np.array_split({text}, {rng.randint(1, 3)})",
            f"np.tile({text}, {rng.choice((2, (2, 1), (1, 2, 1)))})",
            f"np.repeat({text}, {rng.randint(1, 3)}{rng.choice(('', ', axis=0'))})",
            f"np.broadcast_to({text}, {(2, *own) if rng.random() < 0.6 else (2, 2)})",
            f"{text}.ravel()",
            f"{text}.flatten().tolist()",
            f"{text}.shape, {text}.ndim, {text}.size, len({text})",
            f"np.atleast_2d({text})",
            f"np.append({text}, 4)",
        )
    )


def subscripts(rng: random.Random) -> str:
    own = sizes(rng)
    text = array(rng, own)
    parts: list[str] = []
    for _ in range(rng.randint(1, len(own) + (rng.random() < 0.1))):
        parts.append(
            rng.choice((str(rng.randint(-4, 3)), ":", "None", f"{rng.randint(-3, 3)}:", f":{rng.randint(-3, 3)}", "::-1", "::2", "..."))
        )
    alone = rng.choice(("[0, -1]", f"np.arange({own[0]}) > 1", "[True, False]", "np.array([[0], [0]])", "[7]", "np.int64(0)"))
    return f"{text}[{', '.join(parts) if rng.random() < 0.75 else alone}]"


def orders(rng: random.Random) -> str:
    text = array(rng, [rng.randint(1, 7)])
    return rng.choice(
        (
            f"np.sort({text})",
            f"np.argsort({text}, kind='stable')",
            f"np.unique({text})",
            f"np.unique({text}, return_inverse=True, return_counts=True)",
            f"np.unique({text}, return_index=True)",
            f"np.where({text} > 1)",
            f"np.where({text} > 1, {text}, 0)",
            f"np.nonzero({text})",
            f"np.searchsorted(np.array([1, 3, 5]), {array(rng, [3], 'int64')})",
            f"np.diff({text})" if "bool" not in text and "True" not in text and "False" not in text else f"np.sort({text})",
            f"np.clip({text}, 1, 4)",
            f"np.clip({text}, None, 2.5)",
            f"np.round({text}, {rng.randint(0, 2)})",
            f"{text}.astype({rng.choice(('int', 'np.float32', 'float', 'bool', repr('int64')))})",
            f"[x for x in {text}]",
            f"[int(x) for x in {text}]",
            f"{text}.tolist()",
            f"{text}.item()",
            f"{text}.dtype == np.float32, {text}.dtype == 'int64'",
            f"np.isin({text}, [1, 2])",
            f"np.array_equal({text}, {text})",
        )
    )


FAMILIES: dict[str, Callable[[random.Random], str]] = {
    "creation": creations,
    "unary": unary,
    "binary": binary,
    "scalar": scalars,
    "reduction": reductions,
    "shape": shapes,
    "subscript": subscripts,
    "order": orders,
}


def written(value: object) -> object:
    """An array as {"array": dtype, "shape": ..., "values": ...}, a scalar as {"scalar": dtype, "value": ...}, sequences as {"seq": ...}."""
    if isinstance(value, np.ndarray):
        return {"array": str(value.dtype), "shape": list(value.shape), "values": [repr(item) for item in value.ravel().tolist()]}
    if isinstance(value, np.generic):
        return {"scalar": str(value.dtype), "value": repr(value.item())}
    if isinstance(value, (tuple, list)):
        return {"seq": [written(item) for item in value]}
    return {"python": repr(value)}


def rows(count: int, seed: int) -> Iterator[dict[str, object]]:
    for family, generate in FAMILIES.items():
        rng = random.Random(f"{family} {seed}")
        seen = set()
        while len(seen) < count:
            text = generate(rng)
            if text in seen:
                continue
            seen.add(text)
            row: dict[str, object] = {"family": family, "code": text}
            try:
                row["out"] = written(eval(text, {"np": np}))  # noqa: S307
            except Exception as error:  # noqa: BLE001
                row["err"] = type(error).__name__
            if any(name in text for name in APPROXIMATE):
                row["last_bit"] = True
            yield row


def main(target: str, count: str = "120", seed: str = "1") -> None:
    warnings.simplefilter("ignore")
    found = list(rows(int(count), int(seed)))
    meta = {
        "numpy": np.__version__,
        "code": "an expression after `import numpy as np`",
        "out": "arrays with dtype, shape and elements; scalars with their class; Python's values by their repr",
        "err": "the class of the exception that was raised instead",
        "last_bit": "the C library's functions are in it: the last bit may differ",
    }
    lines = ",\n".join(f'"N{place:04}": {json.dumps(row)}' for place, row in enumerate(found))
    pathlib.Path(target).write_text(f'{{"meta": {json.dumps(meta)},\n"entries": {{\n{lines}\n}}}}\n')


if __name__ == "__main__":
    main(*sys.argv[1:])
