"""Records what einops makes of random patterns and shapes, right and wrong ones.

    python benchmarks/record_einops.py tests/conformance/data/einops.json

It needs einops and PyTorch, which cnnlint itself does not.
"""

from __future__ import annotations

import json
import pathlib
import random
import sys
from collections.abc import Callable, Iterator

import einops
import torch
from einops.layers.torch import EinMix, Rearrange, Reduce

NAMES = ("b", "c", "h", "w", "p1", "p2", "d", "head_dim", "t")
REDUCTIONS = ("mean", "max", "min", "sum", "prod", "median", "any")


class Case:
    """One random tensor with a pattern that fits it; `spoil` then breaks some of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sizes = {name: rng.choice((1, 2, 2, 3, 4)) for name in rng.sample(NAMES, rng.randint(1, 5))}
        self.names = list(self.sizes)
        self.left = self.grouped(self.names)
        self.shape: list[int] = []
        self.given: dict[str, int] = {}
        self.left_text = self.written_left()

    def grouped(self, names: list[str]) -> list[list[str]]:
        groups: list[list[str]] = []
        for name in names:
            if groups and self.rng.random() < 0.35:
                groups[-1].append(name)
            else:
                groups.append([name])
        return groups

    def written_left(self) -> str:
        parts = []
        self.shape = []
        for group in self.left:
            product = 1
            for name in group:
                product *= self.sizes[name]
            self.shape.append(product)
            if len(group) == 1:
                parts.append(group[0] if self.rng.random() < 0.93 else f"({group[0]})")
            else:
                parts.append(f"({' '.join(group)})")
                open_name = self.rng.choice([None, *group])
                self.given.update({name: self.sizes[name] for name in group if name != open_name})
        if self.rng.random() < 0.25:
            place = self.rng.randint(0, len(parts))
            self.ellipsis = True
            parts.insert(place, "...")
            self.shape[place:place] = [self.rng.randint(1, 3) for _ in range(self.rng.randint(0, 2))]
        else:
            self.ellipsis = False
        if self.rng.random() < 0.2:
            place = self.rng.randint(0, len(parts)) if not self.ellipsis else 0
            parts.insert(place, self.rng.choice(("1", "()")))
            self.shape.insert(place, 1)
        return " ".join(parts)

    def right(self, names: list[str]) -> str:
        order = self.rng.sample(names, len(names))
        groups = self.grouped(order)
        if self.ellipsis and self.rng.random() < 0.95:
            place = self.rng.randint(0, len(groups))
            if groups and self.rng.random() < 0.2:
                self.rng.choice(groups).append("...")
            else:
                groups.insert(place, ["..."])
        if self.rng.random() < 0.15:
            groups.insert(self.rng.randint(0, len(groups)), [self.rng.choice(("1", "()"))])
        return " ".join(group[0] if len(group) == 1 else f"({' '.join(group)})" for group in groups)

    def spoiled(self, pattern: str) -> str:
        """Mostly the pattern itself; sometimes one that does not fit, or none at all."""
        way = self.rng.random()
        if way < 0.75:
            return pattern
        if way < 0.80 and self.shape:
            self.shape[self.rng.randrange(len(self.shape))] += 1
            return pattern
        if way < 0.84:
            self.shape.append(2)
            return pattern
        if way < 0.88 and self.given:
            name = self.rng.choice(list(self.given))
            self.given[name] += 1
            return pattern
        if way < 0.91:
            self.given[self.rng.choice(("x", "h", "q_"))] = 2
            return pattern
        if way < 0.93 and self.given:
            self.given.pop(self.rng.choice(list(self.given)))
            return pattern
        edits = (
            lambda text: text.replace("(", "", 1),
            lambda text: text.replace(")", "", 1),
            lambda text: text.replace("->", "- >"),
            lambda text: f"{text} extra",
            lambda text: text.replace("...", "..", 1),
            lambda text: text.replace(" ", "  "),
            lambda text: text.replace("b", "2", 1),
            lambda text: text.replace("c", "_c", 1),
            lambda text: f"{text} b",
            lambda text: text.replace("->", "->->"),
            lambda text: f"... {text}",
            lambda text: text.replace("h", "(h", 1).replace("w", "w)", 1),
        )
        return self.rng.choice(edits)(pattern)

    def lengths(self) -> str:
        return "".join(f", {name}={size}" for name, size in self.given.items())


def rearrange(rng: random.Random) -> tuple[str, list[list[int]]]:
    case = Case(rng)
    pattern = case.spoiled(f"{case.left_text} -> {case.right(case.names)}")
    if rng.random() < 0.08:
        return f"einops.rearrange([x, x, x], {('n ' + pattern).replace('->', '-> n')!r}{case.lengths()})", [case.shape]
    if rng.random() < 0.2:
        return f"Rearrange({pattern!r}{case.lengths()})(x)", [case.shape]
    return f"einops.rearrange(x, {pattern!r}{case.lengths()})", [case.shape]


def reduce(rng: random.Random) -> tuple[str, list[list[int]]]:
    case = Case(rng)
    kept = [name for name in case.names if rng.random() < 0.6]
    pattern = case.spoiled(f"{case.left_text} -> {case.right(kept)}")
    name = rng.choice(REDUCTIONS)
    if rng.random() < 0.15:
        return f"einops.reduce(x, 'b c (h 2) (w 2) -> b c h w', {name!r})", [[1, 2, rng.choice((4, 6, 5)), 4]]
    call = "Reduce({})(x)" if rng.random() < 0.2 else "einops.reduce(x, {})"
    return call.format(f"{pattern!r}, {name!r}{case.lengths()}"), [case.shape]


def repeat(rng: random.Random) -> tuple[str, list[list[int]]]:
    case = Case(rng)
    new = rng.sample(("r", "s", "4", "2"), rng.randint(0, 2))
    case.given.update({name: rng.randint(1, 3) for name in new if not name.isdecimal()})
    pattern = case.spoiled(f"{case.left_text} -> {case.right([*case.names, *new])}")
    return f"einops.repeat(x, {pattern!r}{case.lengths()})", [case.shape]


def pack(rng: random.Random) -> tuple[str, list[list[int]]]:
    before, behind = rng.sample(("a", "b"), rng.randint(0, 2)), rng.sample(("e", "f"), rng.randint(0, 2))
    front, back = [rng.randint(1, 3) for _ in before], [rng.randint(1, 3) for _ in behind]
    shapes = [[*front, *(rng.randint(1, 3) for _ in range(rng.randint(0, 2))), *back] for _ in range(2)]
    if rng.random() < 0.2 and shapes[1]:
        shapes[1][0] += 1
    pattern = " ".join([*before, "*" if rng.random() < 0.95 else "g", *behind])
    return f"einops.pack([x, y], {pattern!r})", shapes


def unpack(rng: random.Random) -> tuple[str, list[list[int]]]:
    parts = [[rng.randint(1, 3) for _ in range(rng.randint(0, 2))] for _ in range(rng.randint(1, 3))]
    size = 0
    for part in parts:
        count = 1
        for one in part:
            count *= one
        size += count
    if rng.random() < 0.4:
        part = rng.choice(parts)
        if part:
            part[rng.randrange(len(part))] = -1
    if rng.random() < 0.25:
        size += rng.randint(-1, 2)
    return f"einops.unpack(x, {parts!r}, 'b * c')", [[2, max(size, 0), 3]]


def others(rng: random.Random) -> tuple[str, list[list[int]]]:
    i, j, k = (rng.randint(1, 3) for _ in range(3))
    return rng.choice(
        (
            (f"einops.parse_shape(x, {rng.choice(('b c _ w', 'b ... w', 'b c', 'b (c h) w', 'b 1 ...', '_ _ 3 w'))!r})", [[i, j, 3, k]]),
            ("einops.einsum(x, y, 'batch i j, j out -> batch i out')", [[i, j, k], [rng.choice((k, k, 3)), 5]]),
            ("einops.einsum(x, y, '... i, i o -> ... o')", [[i, j, k], [k, 5]]),
            ("einops.einsum(x, 'i i -> i')", [[k, rng.choice((k, 2))]]),
            ("einops.einsum(x, y, 'i j, j k')", [[i, j], [j, k]]),
            ("einops.einsum(x, y, 'i j, j k -> i q')", [[i, j], [j, k]]),
            (f"EinMix('t b (h c) -> b (t d)', weight_shape='h c d', h={j}, c={k}, d=4)(x)", [[i, 2, rng.choice((j * k, j * k, 4))]]),
            (f"EinMix('b ... c -> b ... d', weight_shape='c d', bias_shape='d', c={k}, d=4)(x)", [[i, j, k]]),
            (
                f"EinMix('b c h w -> b d h w', weight_shape='c d', {rng.choice(('', 'bias_shape=' + repr('d') + ', '))}c={k}, d=4)(x)",
                [[i, k, 2, j]],
            ),
            ("EinMix('b c -> b d', weight_shape='c d', d=4)(x)", [[i, k]]),
            ("EinMix('b c -> b d', weight_shape='c e d', c=2, d=4, e=3)(x)", [[i, 2]]),
            ("einops.rearrange(x, 'a b -> b a').view(-1)", [[i, j]]),
            ("einops.rearrange(x, 'a b c -> a (b c)').view(-1)", [[i, j, k]]),
            ("einops.rearrange((x, x), 'a b c -> a b c')", [[i, j]]),
        )
    )


FAMILIES: dict[str, tuple[Callable[[random.Random], tuple[str, list[list[int]]]], int]] = {
    "rearrange": (rearrange, 2),
    "reduce": (reduce, 2),
    "repeat": (repeat, 2),
    "pack": (pack, 1),
    "unpack": (unpack, 1),
    "others": (others, 1),
}


def written(value: object) -> object:
    """A tensor by its shape, sequences as {"seq": ...}, sizes by name as they are."""
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    if isinstance(value, (tuple, list)):
        return {"seq": [written(item) for item in value]}
    return value


def rows(count: int, seed: int) -> Iterator[dict[str, object]]:
    for family, (generate, weight) in FAMILIES.items():
        rng = random.Random(f"{family} {seed}")
        for _ in range(count * weight):
            code, shapes = generate(rng)
            inputs = dict(zip("xy", shapes, strict=False))
            row: dict[str, object] = {"family": family, "code": code, "inputs": inputs}
            known = {"einops": einops, "Rearrange": Rearrange, "Reduce": Reduce, "EinMix": EinMix}
            try:
                row["out"] = written(eval(code, {**known, **{name: torch.ones(shape) for name, shape in inputs.items()}}))  # noqa: S307
            except Exception as error:  # noqa: BLE001
                row["err"] = type(error).__name__
            yield row


def main(target: str, count: str = "100", seed: str = "1") -> None:
    found = list(rows(int(count), int(seed)))
    meta = {
        "einops": einops.__version__,
        "torch": torch.__version__,
        "code": "an expression on tensors of the shapes `inputs`",
        "out": "shapes, sequences of them, or sizes by name",
        "err": "the class of the exception that was raised instead",
    }
    lines = ",\n".join(f'"E{place:04}": {json.dumps(row)}' for place, row in enumerate(found))
    pathlib.Path(target).write_text(f'{{"meta": {json.dumps(meta)},\n"entries": {{\n{lines}\n}}}}\n')


if __name__ == "__main__":
    main(*sys.argv[1:])
