"""What layers and operations expect of their inputs: proven wrong raises, proven right passes, the rest is noted as required."""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.dims import Condition, Dim, Shape, compare, unknown_size
from cnnlint.failures import GroupsNotDividing, LayerFailure, WrongRank
from cnnlint.plugin.operation import Rank, Requirement, current_work
from cnnlint.values import Tensor


def expect_that(condition: bool | Condition, failure: LayerFailure | Callable[[], LayerFailure]) -> None:
    """Raise `failure` (or what it gives) where a condition on sizes is refuted; note what is required where it is open."""
    if condition is True:
        return
    found = failure if isinstance(failure, LayerFailure) else failure()
    if condition is False:
        raise found
    current_work().requirements.append(Requirement(condition, found))


def expect_equal(left: Dim, right: Dim, failure: LayerFailure | Callable[[], LayerFailure]) -> None:
    """Raise `failure` where the sizes are proven to differ; note what is required where it is open."""
    expect_that(compare("==", left, right), failure)


def expect_at_least(size: Dim, least: Dim, failure: LayerFailure | Callable[[], LayerFailure]) -> None:
    """Raise `failure` where a size is proven to be smaller than `least`; note what is required where it is open."""
    expect_that(compare(">=", size, least), failure)


def expect_multiple(size: Dim, divisor: Dim, failure: LayerFailure | Callable[[], LayerFailure]) -> None:
    """Raise `failure` where a size is proven to be no multiple of the divisor; note what is required where it is open."""
    expect_that(compare("==", size % divisor, 0), failure)


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
