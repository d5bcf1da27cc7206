"""`rearrange`, `reduce` and `repeat`: axes are split, reordered, reduced, added and merged as a pattern says.

Sources: https://einops.rocks/api/rearrange/, https://einops.rocks/api/reduce/, https://einops.rocks/api/repeat/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cnnlint.plugin import (
    Dim,
    Expression,
    ListValue,
    Operation,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    differ,
    equal,
    expect_equal,
    expect_rank,
    product,
    unknown_size,
)
from cnnlint_einops.framework import einops
from cnnlint_einops.pattern import ELLIPSIS, Side, expect_name, sides, wrong

REDUCTIONS = ("min", "max", "sum", "mean", "prod", "any", "all")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A pattern that was checked, with the sizes that are given."""

    function: str
    pattern: str
    left: Side
    right: Side
    lengths: Mapping[str, Dim]


@einops.op("rearrange")
def rearrange(tensor: object, pattern: str, **axes_lengths: object) -> object:
    """The same elements under another order of axes, some split, some merged."""
    return transformed(recipe_of("rearrange", pattern, axes_lengths), operand("rearrange", tensor))


@einops.op("repeat")
def repeat(tensor: object, pattern: str, **axes_lengths: object) -> object:
    """With further axes, along which the elements are repeated."""
    return transformed(recipe_of("repeat", pattern, axes_lengths), operand("repeat", tensor))


@einops.op("reduce")
def reduce(tensor: object, pattern: str, reduction: object, **axes_lengths: object) -> object:
    """Without the axes that the right side does not name."""
    if isinstance(reduction, str) and reduction not in (*REDUCTIONS, "rearrange", "repeat"):
        raise wrong("reduce", pattern, f"`{reduction}` is no reduction")
    given = operand("reduce", tensor)
    recipe = recipe_of(reduction if reduction in ("rearrange", "repeat") else "reduce", pattern, axes_lengths)
    if reduction == "mean" and set(recipe.left.names) - set(recipe.right.names) and given.dtype is not None and "float" not in given.dtype:
        raise wrong("reduce", pattern, f"the mean of a tensor of dtype {given.dtype}", given.shape, "NotImplementedError")
    result = transformed(recipe, given)
    dtype = reduced_dtype(reduction, given.dtype)
    return result if dtype == result.dtype else Tensor(result.shape, result.framework, result.kind, dtype)


def reduced_dtype(reduction: Value, dtype: str | None) -> str | None:
    if reduction in ("any", "all"):
        return "bool"
    if reduction in ("sum", "prod") and dtype is not None and ("int" in dtype or dtype == "bool"):
        return "int64"
    return dtype if isinstance(reduction, str) else None


def operand(function: str, value: Value) -> Tensor:
    """A tensor, or a list of them, which are stacked.

    Raises OperationFails for what no framework has as a tensor.
    """
    if isinstance(value, Tensor):
        return value
    if isinstance(value, ListValue):
        return stacked(function, value)
    if isinstance(value, (int, float, str, tuple, type(None))):
        shown = "a tuple" if isinstance(value, tuple) else repr(value)
        raise OperationFails(f"{function} of {shown}, which is no tensor", exception="RuntimeError")
    raise Undetermined(value if isinstance(value, Unknown) else Unknown(f"the tensor of {function}"))


def stacked(function: str, value: ListValue) -> Tensor:
    items = value.contents
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if not items:
        raise OperationFails(f"{function} of an empty list", exception="TypeError")
    given = [operand(function, item) for item in items]
    first = given[0].shape
    for other in given[1:]:
        failure = OperationFails(f"{function} of a list of tensors of different shapes: {first} and {other.shape}")
        if first.rank is None or other.shape.rank is None:
            continue
        if first.rank != other.shape.rank:
            raise failure
        for left, right in zip(first, other.shape, strict=True):
            expect_equal(left, right, failure)
    shape = Shape((), leading=True) if first.leading else first.inserted(0, len(given))
    return Tensor(shape, given[0].framework, given[0].framework.tensor if given[0].framework else "Tensor", given[0].dtype)


def recipe_of(function: str, pattern: str, lengths: Mapping[str, Value]) -> Recipe:
    """Raises OperationFails for a pattern that fits no tensor, and for sizes that it does not use."""
    left, right = sides(function, pattern)
    if right.has_ellipsis and not left.has_ellipsis:
        raise wrong(function, pattern, "an ellipsis stands only on the right side")
    if left.is_ellipsis_grouped:
        raise wrong(function, pattern, "an ellipsis in parentheses on the left side")
    if function == "rearrange" and (left.numbers or right.numbers):
        raise wrong(function, pattern, "a number other than 1")
    missing, added = [[name for name in a.names if name not in b.names] for a, b in ((left, right), (right, left))]
    if function != "reduce" and missing:
        raise wrong(function, pattern, f"{quoted(missing)} only on the left side")
    if function != "repeat" and added:
        raise wrong(function, pattern, f"{quoted(added)} only on the right side")
    without_size = [name for name in added if name not in lengths and name not in right.numbers]
    if without_size:
        raise wrong(function, pattern, f"the size of {quoted(without_size)} is not given")
    for name in lengths:
        expect_name(function, pattern, name)
        if name not in left.names and name not in right.names:
            raise wrong(function, pattern, f"`{name}` is given a size, but is no axis")
    known = {**{name: length(function, pattern, name, value) for name, value in lengths.items()}, **left.numbers, **right.numbers}
    for group in left.groups:
        open_names = [name for name in group if name not in known]
        if len(open_names) > 1:
            raise wrong(function, pattern, f"of {quoted(open_names)} only one can follow from the size of their axis")
    return Recipe(function, pattern, left, right, known)


def quoted(names: Sequence[str]) -> str:
    shown = [f"`{name.partition('#')[0]}`" for name in names]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def length(function: str, pattern: str, name: str, value: Value) -> Dim:
    dim = as_dim(value)
    if isinstance(dim, (int, Expression)):
        return dim
    if isinstance(value, (float, str, tuple, type(None))):
        raise wrong(
            function,
            pattern,
            f"the size of `{name}` must be an int, but is {value if value is None else repr(value)}",
            exception="TypeError",
        )
    raise Undetermined(Unknown(f"the size of the axis `{name}`"))


def transformed(recipe: Recipe, tensor: Tensor) -> Tensor:
    """The tensor that a pattern makes of another."""
    sizes, kept = matched(recipe, tensor)
    shape = shape_of_right(recipe, sizes, kept)
    if kept is None or not tensor.shape.is_known or not shape.is_known:
        is_same_order = kept is not None and expanded(recipe.left.names, kept) == expanded(recipe.right.names, kept)
        return Tensor(shape, tensor.framework, kind_of(tensor), tensor.dtype, is_contiguous=tensor.is_contiguous if is_same_order else None)
    return laid_out(recipe, tensor, sizes, kept, shape)


def kind_of(tensor: Tensor) -> str:
    kind: str = tensor.framework.tensor if tensor.framework is not None else "Tensor"
    return kind


def matched(recipe: Recipe, tensor: Tensor) -> tuple[dict[str, Dim], list[str] | None]:
    """The size of every axis by name, and the names that the ellipsis stands for: None where their number is not known."""
    left, shape = recipe.left, tensor.shape
    count = len(left.groups) - left.has_ellipsis
    kept: list[str] | None = []
    if not left.has_ellipsis:
        if shape.rank is not None and shape.rank != count:
            raise wrong_number(recipe, shape, str(count))
        dims = list(expect_rank(tensor, count).dims)
    elif shape.rank is None:
        behind = len(left.groups) - 1 - left.groups.index((ELLIPSIS,))
        known = shape.dims[-behind:] if behind else ()
        missing = [unknown_size("an axis of a tensor whose shape is not known") for _ in range(count - len(known))]
        dims, kept = [*missing, *known], None
    else:
        if shape.rank < count:
            raise wrong_number(recipe, shape, f"at least {count}")
        dims = list(shape.dims)
        kept = [f"{ELLIPSIS}{place}" for place in range(shape.rank - count)]
    sizes = dict(recipe.lengths)
    places = iter(dims)
    for group in left.groups:
        if group == (ELLIPSIS,):
            sizes.update({name: next(places) for name in kept or ()})
        else:
            split(recipe, shape, group, next(places), sizes)
    return sizes, kept


def wrong_number(recipe: Recipe, shape: Shape, expected: str) -> OperationFails:
    return wrong(recipe.function, recipe.pattern, f"the left side names {expected} axes, but the tensor has {shape.rank}", shape)


def split(recipe: Recipe, shape: Shape, group: tuple[str, ...], size: Dim, sizes: dict[str, Dim]) -> None:
    """The sizes of the axes that one axis is made of, of which one may follow from the others.

    Raises OperationFails where the size is proven not to be their product, or not to be divisible by it.
    """
    open_name = next((name for name in group if name not in sizes), None)
    given = product(sizes[name] for name in group if name != open_name)
    shown = " ".join(name.partition("#")[0] for name in group)
    if open_name is None:
        reason = f"`{shown}` is {given}, but its axis has size {size}" if group else f"an axis that must have size 1 has size {size}"
        expect_equal(size, given, wrong(recipe.function, recipe.pattern, reason, shape))
    elif equal(given, 1):
        sizes[open_name] = size
    elif isinstance(given, int) and given == 0:
        raise wrong(recipe.function, recipe.pattern, f"`{shown}` with a size of 0", shape, "ZeroDivisionError")
    else:
        reason = f"`({shown})` splits an axis of size {size} by {given}, which leaves a remainder"
        rest = size % given
        failure = wrong(recipe.function, recipe.pattern, reason, shape)
        if differ(rest, 0):
            raise failure
        expect_equal(rest, 0, failure)
        sizes[open_name] = size // given


def expanded(names: Sequence[str], kept: Sequence[str]) -> list[str]:
    """Names, with those that the ellipsis stands for."""
    return [part for name in names for part in (kept if name == ELLIPSIS else (name,))]


def shape_of_right(recipe: Recipe, sizes: Mapping[str, Dim], kept: list[str] | None) -> Shape:
    """The shape that the right side states; merged axes remember their factors."""
    dims: list[Dim] = []
    merged: dict[int, tuple[Dim, ...]] = {}
    leading = False
    for group in recipe.right.groups:
        if kept is None and ELLIPSIS in group:
            if recipe.right.is_ellipsis_grouped:
                dims.append(unknown_size("the axes of an ellipsis, merged"))
            else:
                dims, merged, leading = [], {}, True
            continue
        if group == (ELLIPSIS,) and not recipe.right.is_ellipsis_grouped:
            dims += [sizes[name] for name in kept or ()]
            continue
        parts = tuple(sizes[name] for name in expanded(group, kept or ()))
        if len(parts) > 1:
            merged[len(dims)] = parts
        dims.append(product(parts))
    return Shape(tuple(dims), leading, {place - len(dims): parts for place, parts in merged.items()})


def laid_out(recipe: Recipe, tensor: Tensor, sizes: Mapping[str, Dim], kept: list[str], shape: Shape) -> Tensor:
    """The result as its framework's own methods make it, so that elements and memory order are theirs."""
    old, new = expanded(recipe.left.names, kept), expanded(recipe.right.names, kept)
    plain = Tensor(shape, tensor.framework, kind_of(tensor), tensor.dtype)
    reshape, permute = method(tensor, "reshape"), method(tensor, "permute") or method(tensor, "transpose")
    if reshape is None or permute is None or sorted(old) != sorted(new):
        return plain
    apart = reshape(tensor, tuple(sizes[name] for name in old))
    ordered = permute(apart, tuple(old.index(name) for name in new)) if old != new else apart
    result = reshape(ordered, tuple(shape.dims))
    if not isinstance(result, Tensor) or result.values is not None:
        return result if isinstance(result, Tensor) else plain
    return Tensor(shape, result.framework, result.kind, result.dtype, is_contiguous=result.is_contiguous, data=result.data)


def method(tensor: Tensor, name: str) -> Operation | None:
    found = tensor.framework.find(f"{tensor.framework.tensor}.{name}") if tensor.framework is not None else None
    return found if isinstance(found, Operation) else None
