"""`ndarray` itself: its class, its attributes, and what leaves the world of arrays: `item`, `tolist`, `astype`.

Source: https://numpy.org/doc/stable/reference/arrays.ndarray.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Expression, ListValue, OperationFails, Shape, Tensor, Undetermined, Unknown, Value, differ, nested
from cnnlint_numpy.axes import sizes_given
from cnnlint_numpy.dtypes import DTYPES, dtype_name, dtype_value
from cnnlint_numpy.elements import array, as_array, number_dtype
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import ITEM_SIZES, common_dtype, promoted
from cnnlint_numpy.scalars import plain, scalar
from cnnlint_numpy.shaping import permuted

numpy.cls("ndarray")


@numpy.attribute("ndarray.shape", "generic.shape")
def shape(door: Door, owner: Value) -> Value:
    """The sizes as a tuple; unknown where the number of axes is."""
    if not isinstance(owner, Tensor):
        return ()
    return door.unknown(f"the shape {owner.shape}") if owner.shape.leading else tuple(owner.shape.dims)


@numpy.attribute("ndarray.ndim", "generic.ndim")
def ndim(door: Door, owner: Value) -> Value:
    rank = owner.shape.rank if isinstance(owner, Tensor) else 0
    return door.unknown("the number of axes of an array") if rank is None else rank


@numpy.attribute("ndarray.size", "generic.size")
def size(door: Door, owner: Value) -> Value:
    if not isinstance(owner, Tensor):
        return 1
    return door.unknown("the number of elements of an array") if owner.shape.leading else owner.shape.numel


@numpy.attribute("ndarray.dtype", "generic.dtype")
def dtype(door: Door, owner: Value) -> Value:
    return dtype_value(owner.dtype if isinstance(owner, Tensor) else number_dtype(owner))


@numpy.attribute("ndarray.itemsize", "generic.itemsize")
def itemsize(door: Door, owner: Value) -> Value:
    name = owner.dtype if isinstance(owner, Tensor) else number_dtype(owner)
    return ITEM_SIZES[name] if name in ITEM_SIZES else door.unknown("the size of an element")


@numpy.attribute("ndarray.T", "generic.T")
def transposed(door: Door, owner: Value) -> Value:
    """All axes in reverse order."""
    if not isinstance(owner, Tensor):
        return owner
    rank = owner.shape.rank
    return door.unknown("the shape of a transposed array") if rank is None else permuted(owner, range(rank)[::-1])


@numpy.attribute("ndarray.flat", "ndarray.nbytes", "ndarray.strides", "ndarray.flags", "ndarray.base", "ndarray.real", "ndarray.imag")
def not_followed(door: Door, owner: Value) -> Value:
    return door.unknown("an attribute of an array that is not followed")


@numpy.native("ndarray.__len__")
def length(door: Door, owner: Tensor) -> Value:
    found = owner.shape
    if found.rank is None:
        return door.unknown("the number of rows of an array")
    if found.rank == 0:
        raise OperationFails("`len` of an array without axes", exception="TypeError")
    return found[0]


@numpy.native("ndarray.resize")
def resize(door: Door, owner: Tensor, /, *new_shape: Value, **named: Value) -> None:
    """Sizes that have nothing to do with the old ones, in place; the elements are not followed."""
    try:
        given = new_shape[0] if len(new_shape) == 1 else new_shape
        shape = Shape(tuple(sizes_given(given)))
    except Undetermined:
        shape = Shape((), leading=True)
    reshape_in_place(door, owner, shape)


@numpy.native("ndarray.__setattr__", takes_unknown=True)
def set_attribute(door: Door, owner: Tensor, /, name: str, value: Value) -> None:
    """`a.shape = (2, 3)` reshapes in place; what becomes of other attributes is not followed."""
    if name == "shape":
        result = door.call(door.attribute(owner, "reshape"), value)
        reshape_in_place(door, owner, result.shape if isinstance(result, Tensor) else Shape((), leading=True))
    elif name == "dtype":
        reshape_in_place(door, owner, Shape((), leading=True))
        owner.dtype = None


def reshape_in_place(door: Door, owner: Tensor, shape: Shape) -> None:
    """Every name of the array sees the new shape."""
    door.touch(owner)
    owner.contents = shape
    owner.values = None


@numpy.op("ndarray.astype")
def astype(a: Tensor, dtype: object, *options: object, **named: object) -> object:
    """The same elements in another dtype."""
    name = dtype_name(dtype)
    values = a.values if name is not None else None
    return array(a.shape, name, values, a.is_contiguous)


@numpy.native("generic.astype", "generic.view")
def astype_of_scalar(door: Door, number: Value, dtype: Value, *options: Value) -> Value:
    name = dtype_name(dtype)
    return door.unknown("a number in another dtype") if name is None else scalar(plain(number), name)


@numpy.op("ndarray.copy", "ndarray.__copy__", "ndarray.__deepcopy__", "ndarray.__array__")
def copied(a: Tensor, *options: object, **named: object) -> object:
    return array(a.shape, a.dtype, a.values, a.is_contiguous)


@numpy.op("ndarray.item", "ndarray.__float__", "ndarray.__int__", "ndarray.__index__", "ndarray.__complex__")
def item(a: Tensor, *place: object) -> object:
    """The one element as Python's number. Raises OperationFails with ValueError where there are more."""
    if a.shape.rank is not None and not place and differ(a.shape.numel, 1):
        raise OperationFails(f"`item` of an array of shape {a.shape}", exception="ValueError")
    if a.values is None or (place and not (len(place) == 1 and isinstance(place[0], int) and place[0] < len(a.values))):
        raise Undetermined(Unknown("the element of an array"))
    at = place[0] if place else 0
    return a.values[at] if isinstance(at, int) else None


@numpy.native("generic.item", "generic.tolist", "generic.__complex__")
def item_of_scalar(door: Door, number: Value) -> Value:
    return plain(number)


@numpy.op("ndarray.tolist")
def tolist(a: Tensor) -> object:
    """The elements as nested lists of Python's numbers."""
    if a.values is not None and a.shape.is_known:
        return nested(a.values, [dim for dim in a.shape.dims if isinstance(dim, int)])
    if a.shape.rank == 1 and isinstance(a.shape[0], int):
        return ListValue([Unknown("an element of an array")] * a.shape[0])
    raise Undetermined(Unknown("the elements of an array"))


SCALAR_METHODS = "sum prod max min mean any all round clip reshape ravel squeeze copy"


def of_scalar(door: Door, number: Value, *given: Value, _name: str, **named: Value) -> Value:
    """A method of a scalar: that of an array without axes."""
    return door.call(door.framework_value(numpy, f"ndarray.{_name}"), as_array(number), *given, **named)


for _method in SCALAR_METHODS.split():

    def _apply(door: Door, number: Value, *given: Value, _name: str = _method, **named: Value) -> Value:
        return of_scalar(door, number, *given, _name=_name, **named)

    numpy.native(f"generic.{_method}")(_apply)


@numpy.native("shape")
def shape_function(door: Door, a: Value) -> Value:
    return shape(door, as_array(a, "what has a shape"))


@numpy.native("ndim")
def ndim_function(door: Door, a: Value) -> Value:
    return ndim(door, as_array(a, "what has axes"))


@numpy.native("isscalar")
def isscalar(door: Door, element: Value) -> Value:
    return isinstance(element, (int, float, complex, str, Expression))


@numpy.native("result_type", "promote_types")
def result_type(door: Door, *arrays_and_dtypes: Value) -> Value:
    found: str | None = None
    weak = []
    for given in arrays_and_dtypes:
        name = given.dtype if isinstance(given, Tensor) else dtype_name(given)
        if name is None and isinstance(given, (int, float)):
            weak.append(given)
        elif name is None:
            return door.unknown("the dtype of a result")
        else:
            found = name if found is None else promoted(found, name)
    if weak:
        found = common_dtype([*weak, *([] if found is None else [Tensor(Shape(()), numpy, dtype=found)])])
    return dtype_value(found)


@numpy.native("issubdtype")
def issubdtype(door: Door, arg1: Value, arg2: Value) -> Value:
    """Whether a dtype is of a kind: `np.floating`, `np.integer`."""
    name = dtype_name(arg1)
    if name not in DTYPES:
        return door.unknown("whether a dtype is of a kind")
    cls = door.framework_value(numpy, name)
    wanted = dtype_name(arg2)
    other = door.framework_value(numpy, wanted) if wanted is not None else arg2
    return getattr(other, "mro", None) is not None and cls.is_subclass(other)


@numpy.op("iterable")
def iterable(y: object) -> object:
    return not isinstance(y, (int, float, Expression))


numpy.transparent("errstate", "printoptions", "vectorize")
