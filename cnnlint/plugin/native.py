"""How a plugin's natives see the interpreter, and the conventions of a framework that no single layer tells."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn, Protocol

from cnnlint.failures import LayerFailure
from cnnlint.record import value
from cnnlint.values import MISSING, ClassValue, DictValue, Instance, Mutable, Tensor, Unknown, Value

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.plugin.framework import Framework


class Door(Protocol):
    """What natives may ask of the interpreter. Every write to a list, dict or instance is announced with `touch` first."""

    def call(self, callee: Value, *positional: Value, **keywords: Value) -> Value: ...
    def attribute(self, owner: Value, name: str, default: Value = ...) -> Value: ...
    def set_attribute(self, owner: Value, name: str, value: Value) -> None: ...
    def put(self, owner: Mutable, name: str, value: Value) -> None:
        """Write an attribute past every `__setattr__`."""
        ...

    def item(self, owner: Value, index: Value) -> Value: ...
    def iterate(self, value: Value) -> list[Value] | Unknown: ...
    def truth(self, value: Value) -> bool | Hashable: ...
    def equal(self, left: Value, right: Value) -> Value: ...
    def binary(self, op: str, left: Value, right: Value) -> Value: ...
    def class_of(self, value: Value) -> ClassValue | None: ...
    def framework_value(self, framework: Framework, path: str) -> Value:
        """What the plugin's table says under `path`, as a value."""
        ...

    def module(self, name: str) -> Value:
        """The module that `import name` gives: another framework's, too; Unknown where there is none."""
        ...

    def is_instance(self, value: Value, framework: Framework, path: str) -> bool:
        """Whether a value is proven to be an instance of the framework's class under `path`."""
        ...

    def instance(self, cls: ClassValue) -> Instance:
        """An object of a class, made here, before its `__init__`."""
        ...

    def touch(self, value: Mutable) -> None: ...
    def fail(self, exception: str, reason: str) -> NoReturn:
        """The program raises here."""
        ...

    def require(self, truth: Hashable, exception: str, reason: str) -> None:
        """The program raises here unless what `truth` gave holds."""
        ...

    def failed(self, failure: LayerFailure) -> NoReturn:
        """The program raises here, with a failure that a rule knows."""
        ...

    def unknown(self, reason: str, *, is_free: bool = False, is_harmless: bool = False, item: Value = None) -> Unknown:
        """Something not known, with this place as its cause; the rest as `Unknown` has it."""
        ...

    def apply_layer(
        self, layer: Instance, function: Value, positional: list[Value], keywords: dict[str, Value], *, is_kept: bool = True
    ) -> Value:
        """Call a layer's function as a layer call, which the model graph records; one that is not kept only says what a model is of."""
        ...

    def replaced(self, new: Instance, old: Instance) -> None:
        """A module was put in the place of another one."""
        ...

    def is_open(self, instance: Instance) -> bool:
        """Whether an instance may have more than was seen: a base class is not known, or it went to something not understood."""
        ...

    def built(self, module: Instance) -> None:
        """A module's base constructor ran."""
        ...

    def present(self, value: Value) -> Value:
        """A value that may be missing on some way, without those ways."""
        ...

    def unbound(self, function: Value) -> Value:
        """A function that takes the instance first, and calls `function` without it."""
        ...

    def function(self, framework: Framework, name: str, function: Callable[..., Value]) -> Value:
        """A function of the program that a native makes: it gets its arguments alone, and may fail as a native may."""
        ...

    def is_speculative(self) -> bool:
        """Whether what runs now is run by cnnlint, with arguments that it supplied itself, and may be called otherwise by others."""
        ...

    def standing_at(self, layer: Instance) -> AbstractContextManager[None]:
        """Let what is called inside stand where a layer was built: a container calls it, and not the program."""
        ...

    def state(self, framework: Framework) -> DictValue:
        """What the framework keeps for itself while a program runs (counters, settings): a dict by name, empty at its start."""
        ...

    def note_run(self, model: Instance, inputs: list[Value], *, is_kept: bool = False) -> Value:
        """Run a model as the code's own tool would (`summary(model, (3, 224, 224))`); what the run builds may be kept."""
        ...


@value
class Matching:
    """A way to give a tensor the spatial sizes of another one: a function's path, and its arguments as text.

    `arguments` makes them of the two tensors, as text, and of the number of spatial axes; `text` says what it does, and `repeats` whether
    the first tensor stands in them more than once.
    """

    text: str
    path: str
    arguments: Callable[[str, str, int], str]
    repeats: bool = False


@value
class Refitting:
    """How a program can let a model take other input sizes, by paths of the framework's table.

    In them `{axes}` is the number of spatial axes. `pooling` is the function that pools a tensor to the sizes that it gets as its
    second argument, `pooling_layer` the layer that does so; `adaptive` are such layers by those with windows that they may stand for.
    `matching` are ways to let two branches meet.
    """

    pooling: str
    pooling_layer: str
    adaptive: Mapping[str, str]
    matching: tuple[Matching, ...]


@value
class Convention:
    """How the graph reads a framework's modules.

    `storage` gives the dtype and the device of what a layer allocates, by the arguments that its declaration hides; inside `opened`
    a model is called whose users may have converted it before. `children` gives the direct children by name, in order, None
    entries left out; `parameters` and `buffers` an instance's own tensors by name; `register` gives an instance one of them,
    and `is_saved` says whether a buffer of that name is saved with the weights. `set_training` changes the mode of a module and all
    below. `is_trainable` says whether training changes a module's parameter.

    Of a framework that builds a layer when it is first called, `build` is the method that does it, and `shaped` makes of its
    arguments, which are shapes, tensors. `inputs` gives a model's inputs by name where it states them itself, and `packed` the one
    value in which its call takes them. `axes` names the axes of an input of so many, or gives the sizes; with `row_depth` 1 the rows of
    a summary are the layers that a model itself holds, whatever is inside them. `is_part` is true of a layer that the program made
    for a model, so that it is none by itself; `filters` gives the output channels or features of a layer that weighs its inputs, None of
    any other; `own_name` the name that a module has whoever holds it, where the framework names them.
    `containers` are those of modules by the plain ones that they stand for, `list`, `tuple` and `dict`, of a framework that doesn't
    look for modules in plain ones; `listing` are the methods that say which parameters a module has.
    `separator` stands between the names of a path of modules.

    Of a framework whose models are not called by themselves, `applied` gives what cnnlint calls in a model's place. `given` says what
    it gives for a parameter of this name, of a constructor or of a call, that means the same in all of the framework's models: the
    mode, in training or not, or a source of randomness; MISSING for any other. `refitting` says what `cnnlint fit` may write.
    """

    children: Callable[[Instance], list[tuple[str, Instance]]]
    parameters: Callable[[Instance], list[tuple[str, Tensor]]]
    buffers: Callable[[Instance], list[tuple[str, Tensor]]]
    register: Callable[[Door, Instance, str, Value, bool], None]
    set_training: Callable[[Door, Instance, bool], None]
    forward: str = "forward"
    storage: Callable[[Mapping[str, Value]], tuple[str | None, str | None]] = lambda hidden: (None, None)
    opened: Callable[[Door, Instance], AbstractContextManager[None]] = lambda door, instance: nullcontext()
    is_single_leaf: Callable[[Instance], bool] = lambda instance: False
    is_trainable: Callable[[Instance, Tensor], bool] = lambda module, tensor: tensor.requires_grad
    build: str = ""
    shaped: Callable[[Door, Value], Value] = lambda door, shape: shape
    inputs: Callable[[Door, Instance], list[tuple[str, Tensor]] | None] = lambda door, model: None
    packed: Callable[[Door, Instance, list[Tensor]], Value] = lambda door, model, tensors: tuple(tensors)
    axes: Callable[[int], tuple[str | Dim, ...]] | None = None
    row_depth: int | None = None
    is_part: Callable[[Instance], bool] = lambda module: False
    own_name: Callable[[Instance], str] = lambda module: ""
    is_saved: Callable[[Instance, str], bool] = lambda instance, name: True
    containers: Mapping[str, str] = MappingProxyType({})
    listing: tuple[str, ...] = ()
    separator: str = "."
    applied: Callable[[Door, Instance], Value] = lambda door, model: model
    given: Callable[[Door, str, bool], Value] = lambda door, parameter, training: MISSING
    filters: Callable[[Instance], Value] = lambda module: None
    refitting: Refitting | None = None
