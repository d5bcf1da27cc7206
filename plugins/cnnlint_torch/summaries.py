"""Packages that are called with a model and the size of its input: `torchsummary`, `torchinfo`, `thop`, `ptflops`, `fvcore`, ...

They run the model once on an input of that size, and give numbers that no shape depends on.
Sources: https://pypi.org/project/torchsummary, https://pypi.org/project/torchinfo and the pages beside them.
"""

from __future__ import annotations

from cnnlint.plugin import Dim, Door, Expression, Instance, Shape, Tensor, Unknown, Value, symbol
from cnnlint_torch.framework import torch
from cnnlint_torch.tools import fvcore, modelsummary, ptflops, summaryx, thop, torchinfo, torchstat, torchsummary
from cnnlint_torch.transparency import evaluating, note_example


def inputs_of(door: Door, sizes: Value, batch: tuple[Dim, ...] = (), dtype: str | None = "float32") -> tuple[Tensor, ...] | None:
    """The tensors that a tool makes of a size, or of a list of sizes, with `batch` before each; None where they are not known."""
    if not hasattr(sizes, "__iter__") and not hasattr(sizes, "contents"):
        return None
    items = door.iterate(sizes)
    if isinstance(items, Unknown) or not items:
        return None
    if all(isinstance(item, (int, Expression)) for item in items):
        return (Tensor(Shape((*batch, *items)), torch, dtype=dtype, is_contiguous=True),)
    made = [inputs_of(door, item, batch, dtype) for item in items]
    return tuple(one[0] for one in made if one is not None) if all(one is not None and len(one) == 1 for one in made) else None


def result(door: Door) -> Value:
    return door.unknown("what a tool counts", is_harmless=True)


@torchsummary.native("summary", "torchsummary.summary", "summary_string", takes_unknown=True)
@torchstat.native("stat", takes_unknown=True)
def summary_by_sample(door: Door, /, model: Value, input_size: Value = None, *options: Value, **keywords: Value) -> Value:
    """The size is that of one sample: a batch is put before it."""
    sizes = keywords.get("input_data", input_size)
    note_example(door, model, sizes if isinstance(sizes, Tensor) else inputs_of(door, sizes, (symbol("batch"),)))
    return result(door)


@ptflops.native("get_model_complexity_info", "flops_counter.get_model_complexity_info", takes_unknown=True)
def complexity(door: Door, /, model: Value, input_res: Value = None, *options: Value, **keywords: Value) -> Value:
    """As `summary_by_sample`, with an input of the dtype that the model's parameters have; `input_constructor` makes one of its own."""
    if keywords.get("input_constructor") is None:
        note_example(door, model, inputs_of(door, input_res, (symbol("batch"),), None))
    return result(door)


@torchinfo.native("summary", "torchinfo.summary", takes_unknown=True)
def summary_by_size(
    door: Door,
    /,
    model: Value,
    input_size: Value = None,
    input_data: Value = None,
    batch_dim: Value = None,
    *options: Value,
    **keywords: Value,
) -> Value:
    """The size has its batch, unless `batch_dim` says where to put one; the model is in eval mode unless `mode` says otherwise."""
    inputs: Value = input_data
    if inputs is None:
        inputs = inputs_of(door, input_size, (symbol("batch"),) if batch_dim == 0 else ()) if batch_dim in (None, 0) else None
    if keywords.get("mode") in ("train", "same"):
        note_example(door, model, inputs)
    else:
        with evaluating(door, model):
            note_example(door, model, inputs)
    return result(door)


@thop.native("profile", "profile.profile", takes_unknown=True)
@fvcore.native("nn.FlopCountAnalysis", "nn.flop_count.FlopCountAnalysis", "nn.flop_count", takes_unknown=True)
def profile(door: Door, /, model: Value, inputs: Value = None, *options: Value, **keywords: Value) -> Value:
    """The input itself is given, one tensor or a tuple of them."""
    with evaluating(door, model):
        note_example(door, model, inputs)
    return result(door)


@modelsummary.native("summary", takes_unknown=True)
@summaryx.native("summary", takes_unknown=True)
def summary_by_input(door: Door, /, model: Value, *inputs: Value, **keywords: Value) -> Value:
    """The inputs follow the model one by one."""
    note_example(door, model, tuple(value for value in inputs if isinstance(value, (Tensor, Instance))))
    return result(door)


@thop.native("clever_format", "utils.clever_format", takes_unknown=True)
@fvcore.native("nn.flop_count_table", "nn.flop_count_str", "nn.parameter_count", "nn.parameter_count_table", takes_unknown=True)
@modelsummary.native("hierarchical_summary", takes_unknown=True)
def shown(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return result(door)
