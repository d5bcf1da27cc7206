"""Weights computed from other tensors: weight and spectral norm (both kinds), parametrisations, pruning.

Each takes a parameter from the module, registers what it is computed from, and leaves the computed tensor as a plain attribute.
Sources: https://docs.pytorch.org/docs/stable/nn.html#utilities and the pages of `torch.nn.utils.prune` beside it.
"""

from __future__ import annotations

from cnnlint.plugin import MISSING, Door, Instance, ListValue, Shape, Tensor, Unknown, Value, product
from cnnlint_torch.framework import below, torch
from cnnlint_torch.module import entries

TRANSPOSED = ("nn.ConvTranspose1d", "nn.ConvTranspose2d", "nn.ConvTranspose3d")


def made(shape: Shape, kind: str = "Tensor") -> Tensor:
    """A tensor whose dtype and device are those that the module has when it is used: they are left open."""
    return Tensor(shape, torch, kind, requires_grad=kind == torch.parameter)


def register(door: Door, module: Instance, name: str, shape: Shape, is_parameter: bool = True) -> None:
    method = "register_parameter" if is_parameter else "register_buffer"
    door.call(door.attribute(module, method), name, made(shape, torch.parameter if is_parameter else "Tensor"))


def taken(door: Door, module: Instance, name: str) -> Tensor:
    """The tensor under a name, which the module holds no longer."""
    tensor = door.attribute(module, name)
    if isinstance(tensor, Tensor):
        door.call(door.attribute(module, "__delattr__"), name)
        return tensor
    if isinstance(tensor, Unknown):
        return made(Shape((), leading=True))
    return door.fail("ValueError", f"`{module.cls.name}` has no parameter `{name}`")


def restored(door: Door, module: Instance, name: str) -> None:
    """The computed tensor becomes a parameter again."""
    tensor = door.attribute(module, name)
    if isinstance(tensor, Tensor):
        register(door, module, name, tensor.shape)


def kept_axis(door: Door, shape: Shape, dim: Value) -> Shape:
    """One number for each place of axis `dim`; a single one where `dim` is None (or -1)."""
    if dim is None or dim == -1:
        return Shape(())
    if shape.leading or not isinstance(dim, int):
        return Shape((), leading=True)
    if not -len(shape) <= dim < len(shape):
        door.fail("IndexError", f"axis {dim} is out of range for a tensor of shape {shape}")
    return Shape(tuple(size if axis == dim % len(shape) else 1 for axis, size in enumerate(shape)))


def vectors(door: Door, module: Instance, shape: Shape, dim: Value) -> tuple[Shape, Shape]:
    """The two vectors of the power iteration: as long as axis `dim`, and as all others together."""
    if shape.leading or not len(shape):
        return Shape((), leading=True), Shape((), leading=True)
    if dim is None:
        dim = 1 if any(door.is_instance(module, torch, path) for path in TRANSPOSED) else 0
    if not isinstance(dim, int):
        return Shape((), leading=True), Shape((), leading=True)
    if not -len(shape) <= dim < len(shape):
        door.fail("RuntimeError", f"axis {dim} is out of range for a tensor of shape {shape}")
    others = [size for axis, size in enumerate(shape) if axis != dim % len(shape)]
    return Shape((shape[dim],)), Shape((product(others),))


@torch.native("nn.utils.weight_norm", "nn.utils.weight_norm.weight_norm")
def weight_norm(door: Door, /, module: Value, name: str = "weight", dim: Value = 0) -> Value:
    """`weight` becomes `weight_g`, the norms along every axis but `dim`, and `weight_v` of the old shape."""
    if f"{name}_g" in entries(module, "_parameters"):
        door.fail("RuntimeError", f"`{name}` already has a weight norm")
    shape = taken(door, module, name).shape
    register(door, module, f"{name}_g", kept_axis(door, shape, dim))
    register(door, module, f"{name}_v", shape)
    door.put(module, name, made(shape))
    return module


@torch.native("nn.utils.remove_weight_norm")
def remove_weight_norm(door: Door, /, module: Value, name: str = "weight") -> Value:
    if f"{name}_g" not in entries(module, "_parameters"):
        door.fail("ValueError", f"`{name}` of `{module.cls.name}` has no weight norm")
    taken(door, module, f"{name}_g")
    shape = taken(door, module, f"{name}_v").shape
    register(door, module, name, shape)
    return module


@torch.native("nn.utils.spectral_norm", "nn.utils.spectral_norm.spectral_norm", takes_unknown=True)
def spectral_norm(
    door: Door, /, module: Value, name: str = "weight", n_power_iterations: Value = 1, eps: Value = 1e-12, dim: Value = None
) -> Value:
    """`weight` becomes `weight_orig`, with buffers `weight_u` and `weight_v`."""
    if not isinstance(module, Instance):
        return module
    shape = taken(door, module, name).shape
    u, v = vectors(door, module, shape, dim)
    register(door, module, f"{name}_orig", shape)
    door.put(module, name, made(shape))
    register(door, module, f"{name}_u", u, is_parameter=False)
    register(door, module, f"{name}_v", v, is_parameter=False)
    return module


@torch.native("nn.utils.remove_spectral_norm")
def remove_spectral_norm(door: Door, /, module: Value, name: str = "weight") -> Value:
    if f"{name}_orig" not in entries(module, "_parameters"):
        door.fail("ValueError", f"`{name}` of `{module.cls.name}` has no spectral norm")
    shape = taken(door, module, f"{name}_orig").shape
    for part in ("u", "v"):
        taken(door, module, f"{name}_{part}")
    register(door, module, name, shape)
    return module


# Parametrisations


def parametrized(door: Door, module: Instance, name: str, parametrization: Value, originals: list[Shape], computed: Value) -> Value:
    """Put `parametrizations.<name>` in place: the originals as parameters, the functions applied to them as children."""
    if "parametrizations" not in entries(module, "_modules"):
        door.set_attribute(module, "parametrizations", door.call(door.framework_value(torch, "nn.ModuleDict")))
    held = door.attribute(module, "parametrizations")
    if name in entries(held, "_modules"):
        door.call(door.attribute(door.item(held, name), "append"), parametrization)
    else:
        taken(door, module, name)
        functions = door.call(door.framework_value(torch, "nn.utils.parametrize.ParametrizationList"), ListValue([parametrization]))
        for i, shape in enumerate(originals):
            register(door, functions, "original" if len(originals) == 1 else f"original{i}", shape)
        door.call(door.attribute(held, "add_module"), name, functions)
    door.put(module, name, made(computed.shape) if isinstance(computed, Tensor) else computed)
    return module


torch.cls("nn.utils.parametrize.ParametrizationList", "nn.ModuleList")
torch.transparent("nn.utils.parametrize.cached")


@torch.native("nn.utils.parametrize.register_parametrization")
def register_parametrization(door: Door, /, module: Value, tensor_name: str, parametrization: Value, *, unsafe: Value = False) -> Value:
    """`tensor_name` is `parametrization(original)`; the original is its `right_inverse`, where it has one, of the old tensor."""
    tensor = door.attribute(module, tensor_name)
    if not isinstance(tensor, (Tensor, Unknown)):
        door.fail("ValueError", f"`{module.cls.name}` has no parameter `{tensor_name}`")
    original: Value = tensor
    if isinstance(parametrization, Instance) and parametrization.cls.find("right_inverse") is not MISSING:
        original = door.call(door.attribute(parametrization, "right_inverse"), tensor)
    parts = list(original) if isinstance(original, tuple) else [original]
    computed = door.call(door.attribute(parametrization, "forward"), *parts)
    shapes = [part.shape if isinstance(part, Tensor) else Shape((), leading=True) for part in parts]
    return parametrized(door, module, tensor_name, parametrization, shapes, computed)


@torch.native("nn.utils.parametrize.remove_parametrizations")
def remove_parametrizations(door: Door, /, module: Value, tensor_name: str, leave_parametrized: Value = True) -> Value:
    held = door.attribute(module, "parametrizations")
    door.call(door.attribute(held, "__delitem__"), tensor_name)
    restored(door, module, tensor_name)
    if not entries(held, "_modules"):
        door.call(door.attribute(module, "__delattr__"), "parametrizations")
    return module


@torch.native("nn.utils.parametrize.is_parametrized")
def is_parametrized(door: Door, /, module: Value, tensor_name: Value = None) -> bool:
    held = entries(module, "_modules").get("parametrizations")
    return isinstance(held, Instance) and (tensor_name is None or tensor_name in entries(held, "_modules"))


@torch.native("nn.utils.parametrizations.weight_norm")
def parametrized_weight_norm(door: Door, /, module: Value, name: str = "weight", dim: Value = 0) -> Value:
    """`original0` holds the norms along every axis but `dim`, `original1` the directions."""
    return with_function(door, module, name, lambda shape: ([kept_axis(door, shape, dim), shape], {}))


@torch.native("nn.utils.parametrizations.spectral_norm")
def parametrized_spectral_norm(
    door: Door, /, module: Value, name: str = "weight", n_power_iterations: Value = 1, eps: Value = 1e-12, dim: Value = None
) -> Value:
    """The function has buffers `_u` and `_v`, unless the tensor is a vector."""

    def parts(shape: Shape) -> tuple[list[Shape], dict[str, Shape]]:
        u, v = vectors(door, module, shape, dim)
        return [shape], {} if shape.rank == 1 else {"_u": u, "_v": v}

    return with_function(door, module, name, parts)


@torch.native("nn.utils.parametrizations.orthogonal")
def orthogonal(
    door: Door, /, module: Value, name: str = "weight", orthogonal_map: Value = None, *, use_trivialization: Value = True
) -> Value:
    """The function has a square buffer `base`, as wide as the longer of the two last axes, with `use_trivialization`."""

    def parts(shape: Shape) -> tuple[list[Shape], dict[str, Shape]]:
        if shape.rank is not None and len(shape) < 2:
            door.fail("ValueError", f"an orthogonal parametrisation takes matrices, but `{name}` has shape {shape}")
        sizes = shape.dims[-2:]
        if use_trivialization is False:
            return [shape], {}
        if shape.leading or not all(isinstance(size, int) for size in sizes):
            return [shape], {"base": Shape((), leading=True)}
        side = max(sizes)
        return [shape], {"base": Shape((*shape.dims[:-2], side, side))}

    return with_function(door, module, name, parts)


def with_function(door: Door, module: Value, name: str, parts: object) -> Value:
    """Parametrise by a function of the framework's own: `parts` gives the originals and the function's buffers."""
    tensor = door.attribute(module, name)
    if not isinstance(tensor, Tensor):
        return module if isinstance(tensor, Unknown) else door.fail("ValueError", f"`{module.cls.name}` has no parameter `{name}`")
    originals, buffers = parts(tensor.shape)  # type: ignore[operator]
    function = door.call(door.framework_value(torch, torch.module))
    for buffer, shape in buffers.items():
        register(door, function, buffer, shape, is_parameter=False)
    return parametrized(door, module, name, function, originals, made(tensor.shape))


# Pruning

PRUNINGS = below("nn.utils.prune", "identity random_unstructured l1_unstructured random_structured ln_structured custom_from_mask")


@torch.native(*PRUNINGS, takes_unknown=True)
def prune(door: Door, /, module: Value, name: Value = "weight", *given: Value, **keywords: Value) -> Value:
    """`weight` becomes `weight_orig`, with a buffer `weight_mask` of the same shape."""
    if isinstance(module, Instance) and isinstance(name, str) and f"{name}_orig" not in entries(module, "_parameters"):
        shape = taken(door, module, name).shape
        register(door, module, f"{name}_orig", shape)
        door.put(module, name, made(shape))
        register(door, module, f"{name}_mask", shape, is_parameter=False)
    return module


@torch.native("nn.utils.prune.global_unstructured", takes_unknown=True)
def prune_all(door: Door, /, parameters: Value, *given: Value, **keywords: Value) -> None:
    pairs = door.iterate(parameters)
    for pair in [] if isinstance(pairs, Unknown) else pairs:
        prune(door, door.item(pair, 0), door.item(pair, 1))


@torch.native("nn.utils.prune.remove")
def remove_pruning(door: Door, /, module: Value, name: str) -> Value:
    if f"{name}_orig" not in entries(module, "_parameters"):
        door.fail("ValueError", f"`{name}` of `{module.cls.name}` is not pruned")
    shape = taken(door, module, f"{name}_orig").shape
    taken(door, module, f"{name}_mask")
    register(door, module, name, shape)
    return module


@torch.native("nn.utils.prune.is_pruned")
def is_pruned(door: Door, /, module: Value) -> Value:
    return door.unknown("whether a module is pruned")


@torch.native("nn.utils.parameters_to_vector", "nn.utils.convert_parameters.parameters_to_vector", takes_unknown=True)
def parameters_to_vector(door: Door, /, parameters: Value) -> Value:
    """All elements in a row."""
    tensors = door.iterate(parameters)
    if isinstance(tensors, Unknown) or not all(isinstance(tensor, Tensor) for tensor in tensors):
        return door.unknown("a vector of parameters")
    total: Value = 0
    for tensor in tensors:
        total = total + tensor.shape.numel
    return Tensor(Shape((total,)), torch)


@torch.native("nn.utils.vector_to_parameters", "nn.utils.convert_parameters.vector_to_parameters", takes_unknown=True)
def vector_to_parameters(door: Door, /, vec: Value, parameters: Value) -> None:
    return None
