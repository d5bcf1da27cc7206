"""`pack` and `unpack`: tensors joined along the axes that `*` stands for.

Source: https://einops.rocks/api/pack_unpack/
"""

from __future__ import annotations

from cnnlint.plugin import (
    Dim,
    Expression,
    ListValue,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    as_dim,
    differ,
    expect_equal,
    greater,
    product,
)
from cnnlint_einops.framework import einops
from cnnlint_einops.pattern import expect_name, wrong
from cnnlint_einops.transform import kind_of, operand


def axes_around(function: str, pattern: str) -> tuple[int, int]:
    """How many axes stand before and behind the `*`."""
    names = pattern.split()
    if len(set(names)) < len(names):
        raise wrong(function, pattern, "a name stands twice")
    if "*" not in names:
        raise wrong(function, pattern, "there is no `*`")
    for name in names:
        if name != "*":
            expect_name(function, pattern, name)
    before = names.index("*")
    return before, len(names) - before - 1


def items_of(value: Value, what: str) -> list[Value]:
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, (tuple, list)):
        return list(items)
    raise Undetermined(items if isinstance(items, Unknown) else Unknown(what))


@einops.op("pack")
def pack(tensors: object, pattern: str) -> object:
    """The joined tensor, and of each what its `*` stood for."""
    before, behind = axes_around("pack", pattern)
    given = [operand("pack", item) for item in items_of(tensors, "the tensors of pack")]
    if not given:
        raise OperationFails("pack of no tensors", exception="IndexError")
    packed: list[Value] = []
    count: Dim = 0
    common: list[Dim] | None = None
    for place, tensor in enumerate(given):
        shape = tensor.shape
        if shape.rank is None:
            raise Undetermined(Unknown("the number of axes of a tensor that is packed"))
        if shape.rank < before + behind:
            raise wrong("pack", pattern, f"tensor {place} has {shape.rank} axes, fewer than {before + behind}", shape)
        end = shape.rank - behind
        own = shape.dims[before:end]
        others = [*shape.dims[:before], *shape.dims[end:]]
        packed.append(tuple(own))
        count = count + product(own)
        for left, right in zip(common or others, others, strict=True):
            expect_equal(left, right, wrong("pack", pattern, f"tensor {place} has size {right} where the first has {left}", shape))
        common = common or others
    assert common is not None
    result = Shape((*common[:before], count, *common[before:]))
    return Tensor(result, given[0].framework, kind_of(given[0]), given[0].dtype, is_contiguous=True), ListValue(packed)


@einops.op("unpack")
def unpack(tensor: object, packed_shapes: object, pattern: str) -> object:
    """The tensors that were packed; of all the sizes one may be -1."""
    before, behind = axes_around("unpack", pattern)
    given = operand("unpack", tensor)
    shape = given.shape
    if shape.rank is None:
        raise Undetermined(Unknown("the number of axes of a tensor that is unpacked"))
    if shape.rank != before + 1 + behind:
        raise wrong("unpack", pattern, f"the pattern names {before + 1 + behind} axes, but the tensor has {shape.rank}", shape)
    size = shape[before]
    parts = [
        [part_size(item) for item in items_of(part, "the shapes of unpack")] for part in items_of(packed_shapes, "the shapes of unpack")
    ]
    unknown = [place for place, part in enumerate(parts) if any(dim == -1 for dim in part)]
    failure = wrong("unpack", pattern, f"an axis of size {size} cannot be split into {parts}", shape)
    if len(unknown) > 1:
        raise wrong("unpack", pattern, f"more than one -1 in {parts}", shape)
    if unknown:
        infer(parts, unknown[0], size, failure)
    elif parts:
        total: Dim = 0
        for part in parts:
            total = total + product(part)
        expect_equal(total, size, failure)
    return [
        Tensor(Shape((*shape.dims[:before], *part, *shape.dims[before + 1 :])), given.framework, kind_of(given), given.dtype)
        for part in parts
    ]


def infer(parts: list[list[Dim]], place: int, size: Dim, failure: OperationFails) -> None:
    """Put the size that is left in place of the -1."""
    rest = size
    for other, part in enumerate(parts):
        if other != place:
            rest = rest - product(part)
    mine = parts[place]
    own = product(dim for dim in mine if dim != -1)
    if sum(dim == -1 for dim in mine) > 1 or greater(0, rest) or own == 0 or differ(rest % own, 0):
        raise failure
    if own != 1:
        expect_equal(rest % own, 0, failure)
    parts[place] = [rest // own if dim == -1 else dim for dim in mine]


def part_size(value: Value) -> Dim:
    dim = as_dim(value)
    if isinstance(dim, (int, Expression)):
        return dim
    raise Undetermined(Unknown("a size of unpack"))
