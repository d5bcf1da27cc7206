"""`parse_shape`, `einsum` with names of axes, and `asnumpy`.

Sources: https://einops.rocks/api/parse_shape/, https://einops.rocks/api/einsum/, https://einops.rocks/api/asnumpy/
"""

from __future__ import annotations

from string import ascii_letters

from cnnlint.plugin import DictValue, Door, Instance, OperationFails, Tensor, Undetermined, Unknown, Value, expect_equal
from cnnlint_einops.framework import einops
from cnnlint_einops.pattern import ELLIPSIS, Side, side, wrong
from cnnlint_einops.transform import operand, quoted

einops.python("cnnlint_einops", "sources/errors.py", "", "EinopsError")
einops.transparent("_torch_specific.allow_ops_in_compiled_graph")


@einops.op("parse_shape")
def parse_shape(x: object, pattern: str) -> object:
    """The sizes of the axes by name, those named `_` left out."""
    tensor = operand("parse_shape", x)
    shape = tensor.shape
    found = side("parse_shape", pattern, pattern, allows_skipping=True)
    if found.is_ellipsis_grouped or any(len(group) > 1 for group in found.groups):
        raise wrong("parse_shape", pattern, "merged axes", shape)
    if shape.rank is None:
        raise Undetermined(Unknown("the number of axes of a tensor whose shape is parsed"))
    missing = shape.rank - len(found.groups) + found.has_ellipsis
    if missing < 0 or (missing and not found.has_ellipsis):
        raise wrong("parse_shape", pattern, f"the tensor has {shape.rank} axes", shape)
    names: list[str] = []
    for group in found.groups:
        names += ["_"] * missing if group == (ELLIPSIS,) else [group[0] if group else "1"]
    result: dict[Value, Value] = {}
    for name, size in zip(names, shape, strict=True):
        expected = 1 if name == "1" else found.numbers.get(name)
        if expected is not None:
            expect_equal(size, expected, wrong("parse_shape", pattern, f"an axis that must have size {expected} has size {size}", shape))
        elif name != "_":
            result[name] = size
    return DictValue(result)


@einops.native("einsum", takes_unknown=True)
def einsum(door: Door, *tensors_and_pattern: Value) -> Value:
    """The framework's own `einsum`, with a letter for each name; the pattern stands last."""
    *tensors, pattern = tensors_and_pattern or (None,)
    if not tensors:
        raise OperationFails("einops.einsum needs tensors and a pattern", exception="ValueError")
    if not isinstance(pattern, str):
        if isinstance(pattern, Tensor):
            raise OperationFails("einops.einsum takes its pattern last", exception="ValueError")
        return pattern if isinstance(pattern, Unknown) else door.unknown("the pattern of einops.einsum")
    equation = compact(pattern, len(tensors))
    first = next((tensor for tensor in tensors if isinstance(tensor, Tensor) and tensor.framework is not None), None)
    if first is None:
        return door.unknown("einsum of tensors that are not known")
    return door.call(door.framework_value(first.framework, "einsum"), equation, *tensors)


def compact(pattern: str, count: int) -> str:
    """The equation with single letters."""
    if "->" not in pattern:
        raise wrong("einsum", pattern, "there is no arrow", exception="ValueError")
    left, _, right = pattern.rpartition("->")
    inputs = [side("einsum", pattern, text, allows_skipping=True, allows_repeats=True) for text in left.split(",")]
    output = side("einsum", pattern, right, allows_skipping=True)
    if len(inputs) != count:
        raise wrong("einsum", pattern, f"names {len(inputs)} tensors, but gets {count}", exception="ValueError")
    for one in (*inputs, output):
        if one.is_ellipsis_grouped or any(len(group) != 1 for group in one.groups):
            raise wrong("einsum", pattern, "merged or unit axes", exception="NotImplementedError")
        if one.numbers:
            raise wrong("einsum", pattern, "a number as an axis", exception="NotImplementedError")
    names = list(dict.fromkeys(name for one in inputs for name in one.names if name != ELLIPSIS))
    strange = [name for name in output.names if name not in names and name != ELLIPSIS]
    if strange:
        raise wrong("einsum", pattern, f"{quoted(strange)} only on the right side")
    if len(names) > len(ascii_letters):
        raise wrong("einsum", pattern, "too many axes")
    letters = {**dict(zip(names, ascii_letters, strict=False)), ELLIPSIS: ELLIPSIS}

    def written(one: Side) -> str:
        return "".join(letters[name] for name in one.names)

    return f"{','.join(map(written, inputs))}->{written(output)}"


@einops.native("asnumpy")
def asnumpy(door: Door, tensor: Value) -> Value:
    """The tensor as an array."""
    if not isinstance(tensor, (Tensor, Instance)):
        return door.unknown("an array")
    method = door.attribute(tensor, "numpy", None)
    return tensor if method is None else door.call(method)
