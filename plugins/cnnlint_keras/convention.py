"""How the model graph reads Keras's layers and models."""

from __future__ import annotations

from cnnlint.plugin import Convention, Dim, Instance, Tensor
from cnnlint_keras.framework import BATCH, keras
from cnnlint_keras.models import is_model, packed, stated_inputs
from cnnlint_keras.module import NODES, children, is_trainable, name_of, own_weights, register_weight, set_training
from cnnlint_keras.shapes import AXES, tensor_of_shape


def no_buffers(layer: Instance) -> list[tuple[str, Tensor]]:
    """Keras counts among a layer's parameters also those that are not trained."""
    return []


def is_part(layer: Instance) -> bool:
    """Whether a layer, and no model, was called on symbolic tensors."""
    return bool(layer.contents.get(NODES)) and not is_model(layer)


def axes(rank: int) -> tuple[str | Dim, ...]:
    """The axes of an input of so many, channels last."""
    if rank <= 2:
        return (BATCH, "features")[:rank]
    return (BATCH, *AXES.get(rank - 2, tuple(f"n{i}" for i in range(1, rank - 1))), "channels")


keras.convention = Convention(
    children=children,
    parameters=own_weights,
    buffers=no_buffers,
    register=register_weight,
    set_training=set_training,
    forward="call",
    is_trainable=is_trainable,
    build="build",
    shaped=tensor_of_shape,
    inputs=stated_inputs,
    packed=packed,
    axes=axes,
    row_depth=1,
    is_part=is_part,
    own_name=name_of,
    filters=lambda module: module.contents.get("filters", module.contents.get("units")),
)
