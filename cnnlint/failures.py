"""What can go wrong in a user's model: one class a kind of failure, with the numbers that prove it.

A plugin raises these from a layer or an operation. They are caught by the interpreter, which knows where it stands and
whether the model's own `try` catches the exception that the framework would raise (`exception`). Rules turn them into words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape


@dataclass(eq=False)
class LayerFailure(Exception):
    """A layer or an operation that fails for every value of the sizes that are still open.

    `exception` is the class that the framework raises; `argument` the argument that holds the wrong number, if one does;
    `output` the shape that analysis may go on with after the failure, where the declaration allows just one.
    `operands` are the tensors that the operation got, as the interpreter has them, which lets go of them at the end of the file.
    `is_of_machine` for what depends on the machine: under a condition that asks it something nothing is proven of it.
    """

    is_of_machine: ClassVar[bool] = False

    exception: str = field(default="RuntimeError", kw_only=True)
    argument: str | None = field(default=None, kw_only=True)
    output: Shape | None = field(default=None, kw_only=True)
    operands: tuple[object, ...] = field(default=(), kw_only=True)

    def forget(self) -> None:
        """Let go of what only the interpreter can read."""
        self.operands = ()

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)}" for name in self.__dataclass_fields__ if name not in ("output", "operands"))
        return f"{type(self).__name__}({shown})"


@dataclass(eq=False)
class ChannelMismatch(LayerFailure):
    """`expected` input channels, but `got`."""

    expected: Dim
    got: Dim


@dataclass(eq=False)
class FeatureMismatch(LayerFailure):
    """`expected` input features, but `got`, which came about as the product of `factors`."""

    expected: Dim
    got: Dim
    factors: tuple[Dim, ...] = ()


@dataclass(eq=False)
class NoValidInputSize(LayerFailure):
    """No size of the input meets `condition`, with those that are asked before it.

    Where a layer is built for `expected` features and gets the product of `factors`, `nearest` are the counts next to it that some
    size gives, each with that size.
    """

    condition: str
    expected: Dim | None = None
    factors: tuple[Dim, ...] = ()
    nearest: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(eq=False)
class InputSizeRejected(LayerFailure):
    """A model that takes the sizes `text` is called with `called`, and raises for the `reason`; `nearest` are sizes that it takes."""

    text: str
    called: tuple[int, ...]
    nearest: tuple[int, ...]
    reason: str


@dataclass(eq=False)
class NormMismatch(LayerFailure):
    """A normalisation over `expected` channels (or of that trailing shape) gets `got`."""

    expected: Dim | Shape
    got: Dim | Shape


@dataclass(eq=False)
class Unbroadcastable(LayerFailure):
    """Two shapes that differ on `axis`, counted from the end (-1 is the last), where neither is 1."""

    left: Shape
    right: Shape
    axis: int
    operation: str = ""


@dataclass(eq=False)
class ConcatenationMismatch(LayerFailure):
    """Tensors joined along `axis` that differ on another one, `differing`; without `axis`, along a new one."""

    shapes: tuple[Shape, ...]
    axis: int | None
    differing: int


@dataclass(eq=False)
class ReshapeCount(LayerFailure):
    """`shape` cannot be seen as `target`: the numbers of elements differ."""

    shape: Shape
    target: tuple[Dim, ...]


@dataclass(eq=False)
class MatmulMismatch(LayerFailure):
    """The last axis of `left` and the matching axis of `right` differ."""

    left: Shape
    right: Shape
    operation: str = "@"


@dataclass(eq=False)
class EinsumMismatch(LayerFailure):
    """The equation names axes by the same letter that have the sizes `left` and `right`, the latter in an operand of `shape`."""

    equation: str
    letter: str
    left: Dim
    right: Dim
    shape: Shape


@dataclass(eq=False)
class WrongRank(LayerFailure):
    """A tensor of another number of axes than the layer takes; `expected` in words: `3 or 4`; `by` is what says so, if anything."""

    expected: str
    got: Shape
    by: str = ""


@dataclass(eq=False)
class StatedShapeDiffers(LayerFailure):
    """A value of shape `got`, of which a comment says `text`, which is `stated` here; nothing raises."""

    text: str
    stated: Shape
    got: Shape


@dataclass(eq=False)
class DtypeMismatch(LayerFailure):
    """A tensor of dtype `got` where `expected` is needed, in words: `indices of dtype int64 or int32`."""

    expected: str
    got: str
    operation: str = ""


@dataclass(eq=False)
class DeviceMismatch(LayerFailure):
    """Tensors that are combined lie on two devices, `left` and `right`.

    Where the program asks for a device first, a machine without it may have raised before.
    """

    is_of_machine = True

    left: str
    right: str
    operation: str = ""


@dataclass(eq=False)
class EmptyOutput(LayerFailure):
    """A window layer whose output size would be below 1, or 0 without an error where `raises` is false."""

    input: Dim
    kernel: Dim
    stride: Dim
    padding: Dim
    dilation: Dim
    size: Dim
    raises: bool = True


@dataclass(eq=False)
class ArgumentFailure(LayerFailure):
    """An argument whose value the framework rejects; its kinds follow."""


@dataclass(eq=False)
class InvalidArgument(ArgumentFailure):
    """One that no other kind has words for: `reason` completes "`argument` ..."; `is_absent` if it is None or holds nothing."""

    reason: str
    is_absent: bool = False


@dataclass(eq=False)
class FloatSize(ArgumentFailure):
    """A size that must be an integer, but is the float `got`."""

    got: float | Dim


@dataclass(eq=False)
class GroupsNotDividing(ArgumentFailure):
    """`channels` that cannot be shared out to `groups` equal groups; `name` is the argument that states their number."""

    channels: Dim
    groups: Dim
    name: str = "groups"


@dataclass(eq=False)
class HeadsNotDividing(ArgumentFailure):
    """`features` that cannot be shared out to `heads` equal heads; `name` is the argument that states their number."""

    features: Dim
    heads: Dim
    name: str


@dataclass(eq=False)
class ShuffleNotDividing(ArgumentFailure):
    """`size` is not divisible by `divisor`, which stands for `formula`; `what` is counted: channels or pixels."""

    size: Dim
    divisor: Dim
    formula: str
    what: str


@dataclass(eq=False)
class PoolPaddingTooLarge(ArgumentFailure):
    """The `padding` of a pool is more than half of its undilated `kernel`."""

    padding: Dim
    kernel: Dim


@dataclass(eq=False)
class OutputPaddingTooLarge(ArgumentFailure):
    """`output_padding` is neither smaller than `stride` nor than `dilation`."""

    output_padding: Dim
    stride: Dim
    dilation: Dim


@dataclass(eq=False)
class SamePaddingWithStride(ArgumentFailure):
    """Padding that shall keep the size goes with a `stride` that does not."""

    stride: Dim


@dataclass(eq=False)
class DropoutProbability(ArgumentFailure):
    """A `probability` outside of 0 to 1."""

    probability: object


@dataclass(eq=False)
class AxisOutOfRange(ArgumentFailure):
    """`axis` where a tensor, of `shape` if that is known, has those from `least` to `most`."""

    axis: int
    least: int
    most: int
    shape: Shape | None = None


@dataclass(eq=False)
class UnknownArgument(LayerFailure):
    """A keyword that the signature does not have, or (`is_repeated`) a second value for an argument.

    Without `argument`, a positional argument too many.
    """

    callable: str
    known: tuple[str, ...]
    is_repeated: bool = False


@dataclass(eq=False)
class MissingArgument(LayerFailure):
    """A required argument that is not given."""

    callable: str


@dataclass(eq=False)
class OperationFails(LayerFailure):
    """Any other call, operator, subscript or unpacking proven to raise; `reason` says why with the operands' shapes.

    `is_language` when Python itself raises, and not a framework's arithmetic; `is_of_elements` where the elements of a tensor decide, and
    not sizes alone.
    """

    reason: str
    is_language: bool = False
    is_of_elements: bool = False


@dataclass(eq=False)
class LayerReused(LayerFailure):
    """A layer of `expected` input `what` that fitted at an earlier call gets `got` at this one."""

    expected: Dim
    got: Dim
    what: str


@dataclass(eq=False)
class HeadMismatch(LayerFailure):
    """A layer that was put in the place of another one, which took what arrives: `got` input `what`, and not `expected`."""

    expected: Dim
    got: Dim
    what: str


@dataclass(eq=False)
class BaseNotInitialised(LayerFailure):
    """A module does something that needs the constructor of its base, which the constructor of the class `cls` has not run.

    `is_late` if that runs it further below. `owner` is the module's own class, as the interpreter has it until the end of the file.
    """

    cls: str
    is_late: bool = False
    owner: object = field(default=None, kw_only=True)

    def forget(self) -> None:
        super().forget()
        self.owner = None


@dataclass(eq=False)
class ForwardMissing(LayerFailure):
    """A module is called whose class `cls` does not define what a call runs, `method`, but the methods `known`."""

    cls: str
    method: str
    known: tuple[str, ...]


@dataclass(eq=False)
class ContainerCalled(LayerFailure):
    """A container of modules is called that only holds them: a `cls`."""

    cls: str


@dataclass(eq=False)
class UndefinedName(LayerFailure):
    """A name is read that nothing binds; `known` are those that are bound there."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class MissingAttribute(LayerFailure):
    """An attribute is read that an instance of `cls` does not have; `known` are those that it has."""

    cls: str
    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class CannotConstruct(LayerFailure):
    """A model of the class `cls` is built with arguments for which its own code raises, saying `text`."""

    cls: str
    text: str


@dataclass(eq=False)
class WrongCall(LayerFailure):
    """A function of the program is called with arguments that it does not take.

    `problem` is `missing` (`argument` is required), `repeated` (`argument` is given twice), `unknown` (no parameter is called
    `argument`) or `many` (more positional arguments than the parameters `known`).
    """

    callable: str
    problem: str
    known: tuple[str, ...] = ()
