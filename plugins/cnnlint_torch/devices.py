"""Where tensors lie, as far as the program says it with a literal.

Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch.device
"""

from __future__ import annotations

from cnnlint.plugin import ELSEWHERE, DeviceMismatch, Instance, Tensor, Value

KINDS = ("cpu", "cuda", "mps", "xpu")


def device_name(value: Value) -> str | None:
    """`cpu`, `cuda` or `cuda:1` of a text, a number or a `torch.device`; None for what is none or not known."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return f"cuda:{value}"
    if isinstance(value, str):
        return value if value.partition(":")[0] in KINDS else None
    if isinstance(value, Instance) and value.cls.qualified == "torch.device":
        kind, index = value.contents.get("type"), value.contents.get("index")
        if kind not in KINDS:
            return None
        return f"{kind}:{index}" if isinstance(index, int) else kind
    return None


def device_asked(value: Value) -> str | None:
    """The device that a `device=` argument states: None where it is not given, ELSEWHERE where it is not known."""
    return None if value is None else device_name(value) or ELSEWHERE


def are_apart(left: str | None, right: str | None) -> bool:
    """Whether two devices are proven to be different: `cuda` may be any of `cuda:0`, `cuda:1`."""
    if left is None or right is None or ELSEWHERE in (left, right):
        return False
    kind, _, index = left.partition(":")
    other, _, number = right.partition(":")
    return kind != other or bool(index and number and index != number)


def expect_together(operation: str, *operands: Value) -> None:
    """Raises DeviceMismatch where two tensors lie on different devices; a tensor of no axes may lie on the CPU."""
    placed = [operand for operand in operands if isinstance(operand, Tensor) and operand.device is not None and operand.shape.rank != 0]
    for other in placed[1:]:
        if (placed[0].shape.rank is None or other.shape.rank is None) and "cpu" in (placed[0].device, other.device):
            continue
        if are_apart(placed[0].device, other.device):
            raise DeviceMismatch(str(placed[0].device), str(other.device), operation)
