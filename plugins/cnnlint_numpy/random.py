"""`numpy.random`: arrays of known shapes and unknown elements, single numbers that may be any.

Source: https://numpy.org/doc/stable/reference/random/
"""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.plugin import ClassValue, Dim, Door, Instance, ListValue, Shape, Tensor, Undetermined, Unknown, Value
from cnnlint_numpy.axes import new_shape
from cnnlint_numpy.elements import array, as_array, forget_values
from cnnlint_numpy.framework import numpy


def drawn(shape: Shape, dtype: str | None) -> Value:
    return array(shape, dtype) if shape.rank else Unknown("a random number", is_free=True)


def is_single(value: object) -> bool:
    return value is None or isinstance(value, (int, float, Dim))


def drawing(position: int, dtype: str | None, bound: int) -> Callable[..., object]:
    """A function of `position` numbers, then the size of what is drawn; `bound` arguments are the generator itself.

    Without a size the numbers themselves say it, if they are arrays.
    """

    def draw(*given: object, **named: object) -> object:
        numbers = given[bound:]
        size = named.pop("size", numbers[position] if len(numbers) > position else None)
        kind = named.pop("dtype", None)
        if size is None and not all(map(is_single, (*numbers[:position], *named.values()))):
            raise Undetermined(Unknown("random numbers of a shape that their limits state"))
        return of_size(size, dtype if kind is None else None)

    return draw


def drawing_sizes(bound: int) -> Callable[..., object]:
    """`rand(2, 3)`"""
    return lambda *sizes: of_size(sizes[bound:] or None, "float64")


def of_size(size: object, dtype: str | None) -> Value:
    return drawn(Shape(()) if size is None else new_shape(size), dtype)


WHOLE = "randint random_integers integers"
TWO = "normal uniform beta binomial gamma laplace gumbel logistic lognormal vonmises wald f noncentral_chisquare"
ONE = "choice poisson exponential geometric chisquare pareto power rayleigh standard_gamma weibull zipf standard_t"
SIZES = "rand randn"
SIZE = "random random_sample ranf sample standard_normal standard_exponential standard_cauchy"
OWNERS = {"random": 0, "random.Generator": 1, "random.RandomState": 1}

for _owner, _bound in OWNERS.items():
    for _names, _position, _dtype in ((WHOLE, 2, "int64"), (TWO, 2, "float64"), (ONE, 1, None), (SIZE, 0, "float64")):
        numpy.op(*(f"{_owner}.{name}" for name in _names.split()))(drawing(_position, _dtype, _bound))
    numpy.op(*(f"{_owner}.{name}" for name in SIZES.split()))(drawing_sizes(_bound))


@numpy.op("random.permutation")
def permutation(x: object) -> object:
    given = as_array(x, "what is shuffled")
    return array(given.shape if given.shape.rank else new_shape(x), given.dtype)


@numpy.native("random.shuffle", "random.Generator.shuffle", "random.RandomState.shuffle", takes_unknown=True)
def shuffle(door: Door, *given: Value, **named: Value) -> None:
    """An array or a list in another order, in place: which, is not known."""
    for value in (*given, *named.values()):
        if isinstance(value, Tensor):
            forget_values(value)
        elif isinstance(value, ListValue):
            door.touch(value)
            if isinstance(value.contents, list):
                value.contents = [door.unknown("an item of a shuffled list") for _ in value.contents]


@numpy.native("random.seed", "random.set_state", "seterr", "set_printoptions", takes_unknown=True)
def without_result(door: Door, *given: Value, **named: Value) -> None:
    return None


@numpy.native("random.get_state", takes_unknown=True)
def state(door: Door, *given: Value) -> Value:
    return door.unknown("the state of a random generator", is_harmless=True)


for _name in ("random.Generator", "random.RandomState"):
    numpy.cls(_name)


@numpy.native("random.default_rng", takes_unknown=True)
def default_rng(door: Door, *seed: Value) -> Value:
    cls = door.framework_value(numpy, "random.Generator")
    return Instance(cls) if isinstance(cls, ClassValue) else door.unknown("a random generator")
