"""What surrounds modules: frozen dictionaries, dataclasses of arrays, training states, and saving.

Source: https://flax.readthedocs.io/en/latest/api_reference/index.html
"""

from __future__ import annotations

from cnnlint.plugin import DictValue, Door, Unknown, Value
from cnnlint_flax.framework import below, flax

STRUCTURES = ("cnnlint_flax", "sources/structures.py")

flax.python(*STRUCTURES, "struct", "dataclass", "field", "PyTreeNode")
flax.python(*STRUCTURES, "training.train_state", "TrainState")
flax.python(*STRUCTURES, "training.dynamic_scale", "DynamicScale")


@flax.native("core.freeze", "core.unfreeze", "core.FrozenDict", "core.copy", takes_unknown=True)
def same(door: Door, /, x: Value = None, *given: Value, **entries: Value) -> Value:
    """A dictionary of the same entries."""
    if isinstance(x, DictValue) and isinstance(x.contents, dict):
        return DictValue({**x.contents, **entries})
    return DictValue(dict(entries)) if x is None else x


@flax.native("core.pop", takes_unknown=True)
def pop(door: Door, /, x: Value, key: Value) -> Value:
    """The rest of a dictionary, and an entry of it."""
    if not isinstance(x, DictValue) or not isinstance(x.contents, dict) or key not in x.contents:
        unknown = x if isinstance(x, Unknown) else door.unknown("an entry of a dictionary")
        return unknown, unknown
    return DictValue({name: value for name, value in x.contents.items() if name != key}), x.contents[key]


@flax.native(
    *below("traverse_util", "flatten_dict unflatten_dict path_aware_map ModelParamTraversal"),
    *below("serialization", "to_bytes from_bytes to_state_dict from_state_dict msgpack_serialize msgpack_restore"),
    *below("training.checkpoints", "save_checkpoint restore_checkpoint latest_checkpoint"),
    *below("training", "shard shard_prng_key get_metrics onehot stack_forest"),
    *below("jax_utils", "replicate unreplicate prefetch_to_device pad_shard_unpad"),
    *below("training.early_stopping", "EarlyStopping"),
    takes_unknown=True,
)
def not_followed(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("parameters in another form", is_harmless=True)
