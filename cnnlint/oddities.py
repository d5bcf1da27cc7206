"""What runs and yet can hardly be meant: one class a kind, with the numbers that show it.

An oddity is placed, named and noted as a failure is, so it is one by its class; but it is never raised. A plugin remarks on one
from a layer or an operation; the interpreter knows others itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cnnlint.failures import LayerFailure

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape


@dataclass(eq=False)
class Oddity(LayerFailure):
    """Something that runs and can hardly be meant.

    It counts only where `batch` is the batch of the model that runs, if it is given; and only where the arguments `literal` of the
    layer's constructor are written as literals, or not at all, where the layer is built, and `positional` by its position.
    `superfluous` is the tensor whose making is one step too many, as the interpreter has it until the end of the file.
    """

    batch: Dim | None = field(default=None, kw_only=True)
    literal: tuple[str, ...] = field(default=(), kw_only=True)
    positional: str = field(default="", kw_only=True)
    superfluous: object = field(default=None, kw_only=True)

    def forget(self) -> None:
        super().forget()
        self.superfluous = None


@dataclass(eq=False)
class DeadArgument(Oddity):
    """`argument` has no effect: `reason` completes "has no effect: "."""

    reason: str


@dataclass(eq=False)
class BatchSwallowed(Oddity):
    """`shape`, of `features` elements an example, is reshaped to rows of `size` elements that belong to no single example."""

    shape: Shape
    features: int
    size: int


@dataclass(eq=False)
class FixedBatchSize(Oddity):
    """A tensor of `shape`, whose first axis is the batch, is reshaped to `size` rows whatever that is."""

    shape: Shape
    size: int


@dataclass(eq=False)
class SilentBroadcast(Oddity):
    """A loss brings its prediction `left` and its target `right` to `joined`, which is the shape of neither."""

    left: Shape
    right: Shape
    joined: Shape


@dataclass(eq=False)
class SoftmaxOverOneUnit(Oddity):
    """A softmax over an axis on which a layer gives one unit: the result is 1 everywhere."""

    shape: Shape


@dataclass(eq=False)
class SoftmaxOverBatchAxis(Oddity):
    """A softmax over the batch, the first axis of a tensor of `shape`; `is_implicit` where nobody said so."""

    shape: Shape
    is_implicit: bool


@dataclass(eq=False)
class DoubleSoftmax(Oddity):
    """A softmax, or its logarithm (`operation`), of what is one already along the same axis."""

    operation: str


@dataclass(eq=False)
class SoftmaxBeforeCrossEntropy(Oddity):
    """A loss that takes the softmax itself gets one; `loss` is its name, where what is called is not the loss."""

    loss: str = ""


@dataclass(eq=False)
class SigmoidBeforeBceWithLogits(Oddity):
    """A loss that takes the sigmoid itself gets one; `loss` as above."""

    loss: str = ""


@dataclass(eq=False)
class BceWithoutSigmoid(Oddity):
    """A loss of probabilities gets what a layer of weights gives, which may be any number; `loss` as above."""

    loss: str = ""


@dataclass(eq=False)
class CrossEntropyWithoutSoftmax(Oddity):
    """A loss of the probabilities of classes gets what a layer of weights gives; `loss` as above."""

    loss: str = ""


@dataclass(eq=False)
class ClassCountMismatch(Oddity):
    """A head has another number of `units` than its labels have `classes`; `source` names the data, or is empty."""

    units: int
    classes: int
    source: str


@dataclass(eq=False)
class NllWithoutLogSoftmax(Oddity):
    """A loss of log-probabilities gets `given`, which are none."""

    given: str


@dataclass(eq=False)
class UnregisteredLayers(Oddity):
    """A plain `container` (list, tuple or dict), the attribute `name` of a `cls`, holds `count` layers with `params` parameters.

    `remedy` is the container that registers what it holds, in the framework's words. `spelling` is how the
    file would name it by what it imports; empty where it can't.
    """

    cls: str
    name: str
    container: str
    count: int
    params: Dim | None
    remedy: str
    spelling: str = ""


@dataclass(eq=False)
class ParameterNotRegistered(Oddity):
    """The attribute `name` of a `cls` holds what is to be trained and no parameter list has: `count` parameters in a plain container.

    Without a count it is a plain tensor that requires its gradient.
    """

    cls: str
    name: str
    count: int | None = None


@dataclass(eq=False)
class UnusedLayer(Oddity):
    """The attribute `name` of a `cls` holds `params` parameters that nothing reads."""

    cls: str
    name: str
    params: Dim | None


@dataclass(eq=False)
class LayerInForward(Oddity):
    """A `cls` with `params` parameters is built and applied by the call of a model, and then lost."""

    cls: str
    params: Dim | None


@dataclass(eq=False)
class SharedLayerByMultiplication(Oddity):
    """A list of layers, of which the first is a `cls`, is repeated `count` times: they are the same layers."""

    cls: str
    count: int


@dataclass(eq=False)
class ResultDiscarded(Oddity):
    """A call that only gives a result, a tensor of `shape`, is a statement."""

    shape: Shape


@dataclass(eq=False)
class ForwardCalledDirectly(Oddity):
    """The method that a call of a `cls` runs is called by its name, `method`."""

    cls: str
    method: str


@dataclass(eq=False)
class BiasBeforeNorm(Oddity):
    """A layer of weights adds a bias to each of `channels` channels, whose mean a normalisation takes off again.

    It is placed at the layer of weights, if that is known; `norm` then names the normalisation, which was built at `site` (as the
    interpreter has it until the end of the file). `is_sole_reader` if nothing else reads what the layer gives.
    """

    channels: Dim
    norm: str = ""
    is_sole_reader: bool = False
    site: Any = None

    def forget(self) -> None:
        super().forget()
        self.site = None


@dataclass(eq=False)
class DropoutBeforeBatchNorm(Oddity):
    """A normalisation by statistics of the batch gets what comes out of a dropout."""


@dataclass(eq=False)
class LinearWithoutActivation(Oddity):
    """A fully connected layer follows on another one with nothing between: `widths` are the features before, between and after."""

    widths: tuple[Dim, Dim, Dim]


@dataclass(eq=False)
class Checkerboard(Oddity):
    """The `kernel` of a transposed convolution is no multiple of its `stride`."""

    kernel: Dim
    stride: Dim


@dataclass(eq=False)
class EvenKernelWithSame(Oddity):
    """A kernel of even size, `kernel`, pads one pixel more behind than before to keep the size."""

    kernel: Dim


@dataclass(eq=False)
class RestrictedInputSize(Oddity):
    """A model takes only the sizes `text`, because of what stands here; `is_multiple` where a multiple of some number is asked."""

    text: str
    is_multiple: bool


@dataclass(eq=False)
class BranchesDiffer(Oddity):
    """Two branches that meet have the sizes `left` and `right` on an axis, which differ `where` (so it begins) some input size lies."""

    left: str
    right: str
    where: str
