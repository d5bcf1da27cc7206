"""`numpy.random`: arrays of known shapes and unknown elements, single numbers that may be any.

Source: https://numpy.org/doc/stable/reference/random/
"""

from __future__ import annotations

from cnnlint.plugin import ClassValue, Door, Instance, ListValue, Shape, Tensor, Unknown, Value
from cnnlint_numpy.axes import new_shape
from cnnlint_numpy.elements import array, as_array, forget_values
from cnnlint_numpy.framework import numpy


def drawn(shape: Shape, dtype: str | None) -> Value:
    return array(shape, dtype) if shape.rank else Unknown("a random number", is_free=True)


def of_size(size: Value, dtype: str | None) -> Value:
    return drawn(Shape(()) if size is None else new_shape(size), dtype)


def by_sizes(*sizes: object) -> object:
    """`rand(2, 3)`"""
    return of_size(sizes or None, "float64")


def by_size(size: object = None, *options: object, dtype: object = None, **named: object) -> object:
    return of_size(size, "float64")


def by_two(low: object = None, high: object = None, size: object = None, *options: object, dtype: str, **named: object) -> object:
    """Functions of two numbers, then the size."""
    return of_size(size, dtype)


def by_one(a: object = None, size: object = None, *options: object, **named: object) -> object:
    """Functions of one number or array, then the size; several sizes are not followed."""
    return of_size(size, None)


WHOLE = "randint random_integers integers"
TWO = "normal uniform beta binomial gamma laplace gumbel logistic lognormal vonmises wald f noncentral_chisquare"
ONE = "choice poisson exponential geometric chisquare pareto power rayleigh standard_gamma weibull zipf standard_t"
SIZES = "rand randn"
SIZE = "random random_sample ranf sample standard_normal standard_exponential standard_cauchy"
OWNERS = ("random", "random.Generator", "random.RandomState")

for _owner in OWNERS:
    for _name in WHOLE.split():
        numpy.op(f"{_owner}.{_name}", dtype="int64")(by_two)
    for _name in TWO.split():
        numpy.op(f"{_owner}.{_name}", dtype="float64")(by_two)
    numpy.op(*(f"{_owner}.{name}" for name in ONE.split()))(by_one)
    numpy.op(*(f"{_owner}.{name}" for name in SIZES.split()))(by_sizes)
    numpy.op(*(f"{_owner}.{name}" for name in SIZE.split()))(by_size)


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
