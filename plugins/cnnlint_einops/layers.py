"""The layers of `einops.layers.torch`, which `sources/layers.py` writes out, and what their constructors check.

Source: https://einops.rocks/api/einmix/
"""

from __future__ import annotations

from string import ascii_lowercase

from cnnlint.plugin import DictValue, Dim, Undetermined, Unknown, Value
from cnnlint_einops.framework import einops
from cnnlint_einops.pattern import ELLIPSIS, Side, side, sides, wrong
from cnnlint_einops.transform import REDUCTIONS, length, quoted, recipe_of

einops.python("cnnlint_einops", "sources/layers.py", "layers.torch", "Rearrange", "Reduce", "EinMix")


def entries(value: Value) -> dict[str, Value]:
    if isinstance(value, DictValue) and isinstance(value.contents, dict):
        return value.contents
    raise Undetermined(Unknown("the sizes of the axes of a layer"))


@einops.op("layers._checked")
def checked(reduction: object, pattern: str, axes_lengths: object) -> None:
    """What the constructors of Rearrange and Reduce raise."""
    if isinstance(reduction, str) and reduction not in (*REDUCTIONS, "rearrange", "repeat"):
        raise wrong("Reduce", pattern, f"`{reduction}` is no reduction")
    function = reduction if reduction in ("rearrange", "repeat") else "reduce"
    recipe_of(str(function), pattern, dict.fromkeys(entries(axes_lengths), 1))


@einops.op("layers._expect_supported")
def expect_supported(pattern: str, reduction: object) -> None:
    """The layer has fewer reductions than the function; an ellipsis may stand for no axis. Raises OperationFails."""
    left, right = sides("Reduce", pattern)
    if reduction in ("any", "all") and set(left.names) - {*right.names, ELLIPSIS}:
        raise wrong("Reduce", pattern, f"`{reduction}` is no reduction of the layer", exception="NotImplementedError")


@einops.op("layers._mixing")
def mixing(pattern: str, weight_shape: str, bias_shape: str | None, axes_lengths: object) -> object:
    """Of an EinMix: the patterns before and behind the sum of products, its equation, and the shapes of weight and bias.

    Raises OperationFails for patterns that do not fit together.
    """
    given = entries(axes_lengths)
    left, right = sides("EinMix", pattern)
    weight = side("EinMix", pattern, weight_shape)
    check_sides(pattern, left, right, weight)
    if "(" in weight_shape or ")" in weight_shape:
        raise wrong("EinMix", pattern, f"parentheses in the weight's axes `{weight_shape}`")
    missing = [name for name in weight.names if name not in given]
    if missing:
        raise wrong("EinMix", pattern, f"the size of {quoted(missing)} of the weight is not given")
    unused = [name for name in given if name not in left.names and name not in weight.names]
    if unused:
        raise wrong("EinMix", pattern, f"{quoted(unused)} given a size, but no axis")
    redundant = [name for name in weight.names if name not in left.names and name not in right.names]
    if redundant:
        raise wrong("EinMix", pattern, f"{quoted(redundant)} only in the weight")
    lengths = {name: length("EinMix", pattern, name, value) for name, value in given.items()}
    bias = None if bias_shape is None else bias_sizes(pattern, bias_shape, right, lengths)
    left_text, _, right_text = pattern.partition("->")
    before = f"{left_text}-> {' '.join(left.names)}" if is_grouped(left) else None
    behind = f"{' '.join(right.names)} ->{right_text}" if is_grouped(right) else None
    letters = dict(zip(sorted({*left.names, *right.names, *weight.names} - {ELLIPSIS}), ascii_lowercase, strict=False))
    letters[ELLIPSIS] = ELLIPSIS
    equation = [("".join(letters[name] for name in one.names)) for one in (left, weight, right)]
    return before, behind, f"{equation[0]},{equation[1]}->{equation[2]}", tuple(lengths[name] for name in weight.names), bias


def is_grouped(one: Side) -> bool:
    return one.is_ellipsis_grouped or any(len(group) != 1 for group in one.groups)


def check_sides(pattern: str, left: Side, right: Side, weight: Side) -> None:
    strange = [name for name in right.names if name not in left.names and name not in weight.names]
    if strange:
        raise wrong("EinMix", pattern, f"{quoted(strange)} only on the right side")
    if weight.has_ellipsis:
        raise wrong("EinMix", pattern, "an ellipsis in the weight's axes")
    if left.has_ellipsis != right.has_ellipsis:
        raise wrong("EinMix", pattern, "an ellipsis on one side only")
    if left.is_ellipsis_grouped:
        raise wrong("EinMix", pattern, "an ellipsis in parentheses on the left side")
    if left.numbers or right.numbers or weight.numbers:
        raise wrong("EinMix", pattern, "a number other than 1")


def bias_sizes(pattern: str, bias_shape: str, right: Side, lengths: dict[str, Dim]) -> tuple[Dim, ...]:
    """The bias lies along the axes of the result, with size 1 where it does not depend on one."""
    bias = side("EinMix", pattern, bias_shape)
    strange = [name for name in bias.names if name not in right.names or name not in lengths]
    if strange:
        raise wrong("EinMix", pattern, f"{quoted(strange)} of the bias no axis of the result with a given size")
    sizes: list[Dim] = []
    for name in right.names:
        if name == ELLIPSIS:
            if any(name in bias.names for name in right.names[: right.names.index(ELLIPSIS)]):
                raise wrong("EinMix", pattern, "an axis of the bias stands before the ellipsis")
        else:
            sizes.append(lengths[name] if name in bias.names else 1)
    return tuple(sizes)
