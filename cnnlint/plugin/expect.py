"""What layers and operations expect of their inputs: proven wrong raises, proven right passes, the rest is noted as required."""

from __future__ import annotations

from cnnlint.dims import Dim, Shape, differ, equal, unknown_size
from cnnlint.failures import GroupsNotDividing, LayerFailure, WrongRank
from cnnlint.plugin.operation import Rank, Requirement, current_work
from cnnlint.values import Tensor


def expect_equal(left: Dim, right: Dim, failure: LayerFailure) -> None:
    """Raise `failure` where the sizes are proven to differ; note what is required where it is open."""
    if differ(left, right):
        raise failure
    if not equal(left, right):
        current_work().requirements.append(Requirement(left, right))


def expect_divisible(argument: str, dim: Dim, divisor: Dim, divisor_name: str = "groups", exception: str = "ValueError") -> None:
    """Raise GroupsNotDividing where `dim` is proven not to be a multiple of `divisor`."""
    if isinstance(divisor, int) and divisor > 0 and isinstance(dim, int) and dim % divisor:
        raise GroupsNotDividing(dim, divisor, divisor_name, argument=argument, exception=exception)


def expect_rank(tensor: Tensor, *ranks: int, exception: str = "RuntimeError") -> Shape:
    """The tensor's shape, which has one of these numbers of axes.

    Where the number of axes is unknown the first rank is taken, with the known last axes kept; it is noted as required.
    Raises WrongRank where it is proven to be another.
    """
    shape = tensor.shape
    if shape.rank is None:
        known = shape.dims[-ranks[0] :] if ranks[0] else ()
        if len(shape.dims) > max(ranks):
            raise WrongRank(" or ".join(map(str, sorted(ranks))), shape, exception=exception)
        current_work().ranks.append(Rank(tensor, ranks[0]))
        missing = tuple(unknown_size("an axis of a tensor whose shape is not known") for _ in range(ranks[0] - len(known)))
        return Shape((*missing, *known))
    if shape.rank not in ranks:
        raise WrongRank(" or ".join(map(str, sorted(ranks))), shape, exception=exception)
    return shape
