"""What a model requires of the sizes of its input, each under the conditions on which that is asked at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cnnlint.dims import Condition, Symbol, evaluate_condition, negate, some, symbols
from cnnlint.record import value
from cnnlint.solver.compiled import compiled


@value
class Demand:
    """`condition` must hold wherever all of `guard` do; `cause` is what comes of it where it does not, and prints what that is."""

    condition: bool | Condition
    guard: tuple[bool | Condition, ...] = ()
    cause: object = None

    @property
    def implication(self) -> bool | Condition:
        return some(*map(negate, self.guard), self.condition)

    @property
    def symbols(self) -> frozenset[Symbol]:
        return symbols(self.condition).union(*map(symbols, self.guard))

    def is_met(self, sizes: Mapping[Symbol, int]) -> bool:
        """Whether it is met by these sizes; one that divides by 0 is not."""
        try:
            return not all(evaluate_condition(part, sizes) for part in self.guard) or evaluate_condition(self.condition, sizes)
        except (ArithmeticError, ValueError):
            return False


def refusing(demands: Sequence[Demand], sizes: Mapping[Symbol, int]) -> Demand | None:
    """The first demand that these sizes don't meet, in the order in which the model asks them."""
    return next((demand for demand in demands if not demand.is_met(sizes)), None)


def accepts(demands: Sequence[Demand], axes: Sequence[Symbol]) -> Callable[..., bool]:
    """Whether sizes of these symbols, in this order, meet all demands.

    Raises KeyError for demands on other symbols.
    """
    fast = compiled([demand.implication for demand in demands], axes)

    def test(*sizes: int) -> bool:
        try:
            return fast(*sizes)
        except (ArithmeticError, ValueError):
            return refusing(demands, dict(zip(axes, sizes, strict=True))) is None

    return test
