"""Modules around other modules: data parallelism, averaging, quantisation; and fusing of a convolution with its norm.

Sources: https://docs.pytorch.org/docs/stable/nn.html and https://docs.pytorch.org/docs/stable/quantization.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Value
from cnnlint_torch.framework import below, torch

SOURCE = ("cnnlint_torch", "sources/wrappers.py")

torch.python(*SOURCE, "nn", "DataParallel")
torch.alias("nn.DataParallel", "nn.parallel.DataParallel", "nn.parallel.data_parallel.DataParallel")
torch.python(*SOURCE, "nn.parallel", "DistributedDataParallel")
torch.alias("nn.parallel.DistributedDataParallel", "nn.parallel.distributed.DistributedDataParallel")
torch.python(*SOURCE, "optim.swa_utils", "AveragedModel")
torch.python(*SOURCE, "nn.utils.fusion", "fuse_conv_bn_eval", "fuse_linear_bn_eval")

torch.python(*SOURCE, "ao.quantization", "QuantStub", "DeQuantStub", "QuantWrapper")
torch.python(*SOURCE, "ao.nn.quantized", "FloatFunctional")
for _name in ("QuantStub", "DeQuantStub", "QuantWrapper"):
    torch.alias(f"ao.quantization.{_name}", f"quantization.{_name}")
torch.alias("ao.nn.quantized.FloatFunctional", "nn.quantized.FloatFunctional", "ao.nn.quantized.modules.FloatFunctional")

HOMES = ("ao.quantization", "quantization")
CONFIGURATIONS = (
    "get_default_qconfig get_default_qat_qconfig get_default_qconfig_mapping QConfig QConfigMapping default_observer",
    "default_weight_observer default_per_channel_weight_observer propagate_qconfig_ default_qconfig default_qat_qconfig",
    "disable_observer enable_observer disable_fake_quant enable_fake_quant",
)


@torch.native(*(path for home in HOMES for path in below(home, "prepare prepare_qat quantize_qat")), takes_unknown=True)
def prepared(door: Door, /, model: Value, *given: Value, **keywords: Value) -> Value:
    """Observers are added, which have no parameters."""
    return model


@torch.native(
    *(path for home in HOMES for path in below(home, "convert quantize quantize_dynamic fuse_modules fuse_modules_qat")), takes_unknown=True
)
def converted(door: Door, /, model: Value, *given: Value, **keywords: Value) -> Value:
    """Layers are replaced by others: by which is not followed."""
    return door.unknown("a model whose layers are replaced by quantised ones")


@torch.native(*(path for home in HOMES for names in CONFIGURATIONS for path in below(home, names)), takes_unknown=True)
def configuration(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a configuration of quantisation", is_harmless=True)
