"""What operations ask of the dtypes of their operands, and the conversion of tensors in place.

Sources: https://docs.pytorch.org/docs/stable/tensor_attributes.html and the pages of the operations
"""

from __future__ import annotations

import itertools

from cnnlint.plugin import Door, DtypeMismatch, Shape, Tensor, Value
from cnnlint_torch.devices import expect_together
from cnnlint_torch.precision import FLOATING, may_autocast
from cnnlint_torch.promotion import FLOATING as FLOATS
from cnnlint_torch.promotion import category

CAST = ("float16", "bfloat16", "float32")


def are_unlike(left: str | None, right: str | None) -> bool:
    """Whether two dtypes are proven to be different, also where autocast may bring them together."""
    if left is None or right is None or left == right:
        return False
    if FLOATING in (left, right):
        return category(left) != category(right)
    return not (may_autocast() and left in CAST and right in CAST)


def expect_like(
    operand: Value,
    reference: Value,
    what: str = "an input",
    of: str = "its weights",
    *,
    operation: str = "",
    output: Shape | None = None,
    exception: str = "RuntimeError",
) -> None:
    """Raises DtypeMismatch where a tensor is proven to have another dtype than what it is combined with, `of` in words."""
    if isinstance(operand, Tensor) and isinstance(reference, Tensor) and are_unlike(operand.dtype, reference.dtype):
        assert operand.dtype is not None and reference.dtype is not None  # those that are not known are not unlike
        expected = f"{what} of {said(reference.dtype)}, as {of}"
        raise DtypeMismatch(expected, said(operand.dtype), operation, output=output, exception=exception)


def expect_pair(operation: str, *operands: Value) -> None:
    """Raises DtypeMismatch where two tensors that an operation multiplies are proven to have different dtypes."""
    tensors = [operand for operand in operands if isinstance(operand, Tensor)]
    for left, right in itertools.pairwise(tensors):
        if are_unlike(left.dtype, right.dtype):
            raise DtypeMismatch("tensors of one dtype", f"{said(left.dtype)} and {said(right.dtype)}", operation)


def expect_product(operation: str, *operands: Value) -> None:
    """What products of matrices and vectors ask: one dtype, and one device."""
    expect_pair(operation, *operands)
    expect_together(operation, *operands)


def expect_floats(
    operand: Value, what: str = "an input", operation: str = "", *, exception: str = "RuntimeError", output: Shape | None = None
) -> None:
    """Raises DtypeMismatch for integers and booleans where only floats are computed with."""
    if isinstance(operand, Tensor) and operand.dtype is not None and category(operand.dtype) < FLOATS:
        raise DtypeMismatch(f"{what} of floats", said(operand.dtype), operation, exception=exception, output=output)


def expect_dtype(
    operand: Value,
    allowed: tuple[str, ...],
    what: str,
    operation: str = "",
    *,
    exception: str = "RuntimeError",
    output: Shape | None = None,
) -> None:
    """Raises DtypeMismatch where a tensor is proven to have none of the dtypes."""
    if not isinstance(operand, Tensor) or operand.dtype is None or operand.dtype in allowed:
        return
    if operand.dtype != FLOATING or not any(category(dtype) == FLOATS for dtype in allowed):
        expected = f"{what} of {' or '.join(allowed)}"
        raise DtypeMismatch(expected, said(operand.dtype), operation, exception=exception, output=output)


def said(dtype: str | None) -> str:
    return "some floating dtype" if dtype == FLOATING else str(dtype)


def product_dtype(*operands: Value) -> str | None:
    """The dtype of a product, whose operands all have the same: the first that is known."""
    if may_autocast():
        return None
    known = [operand.dtype for operand in operands if isinstance(operand, Tensor) and operand.dtype is not None]
    return next((dtype for dtype in known if dtype != FLOATING), next(iter(known), None))


def convert_storage(door: Door, tensor: Tensor, dtype: str | None, device: str | None) -> None:
    """Let a tensor have another dtype and another device, under all its names."""
    if (tensor.dtype, tensor.device) != (dtype, device):
        door.touch(tensor.storage)
        tensor.storage.contents = {"dtype": dtype, "device": device}
