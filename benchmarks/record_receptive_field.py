"""Measure with PyTorch how many pixels a layer of torchvision's sees: `python benchmarks/record_receptive_field.py BUILDER SIZE LAYER ...`.

The gradient of one output pixel, all weights being positive and pools taking means, is not 0 where the pixel depends on the input. SIZE
is the height of the image, which must be larger than the field; prints for each layer the rows from the first to the last.
"""

from __future__ import annotations

import sys
import types

import torch
import torch.nn.functional as F  # noqa: N812

WIDTH = 300
WITHOUT_HEADS = {"googlenet": {"aux_logits": False, "init_weights": False}, "inception_v3": {"aux_logits": False, "init_weights": False}}


def mean_pool(x: torch.Tensor, kernel_size: int, stride: int, padding: int = 0, dilation: int = 1, ceil_mode: bool = False) -> torch.Tensor:
    return F.avg_pool2d(x, kernel_size, stride, padding, ceil_mode)


def seen_rows(model: torch.nn.Module, size: int, layers: list[str]) -> dict[str, int]:
    """The rows of the image that the middle pixels of each layer's output depend on: of two neighbours the more."""
    modules = dict(model.named_modules())
    for module in modules.values():
        if isinstance(module, torch.nn.ReLU):
            module.inplace = False
        if isinstance(module, torch.nn.MaxPool2d):
            module.forward = lambda x, m=module: mean_pool(x, m.kernel_size, m.stride, m.padding, ceil_mode=m.ceil_mode)
    for parameter in model.parameters():
        parameter.data.abs_().add_(1e-3)
    outputs: dict[str, torch.Tensor] = {}
    for name in layers:
        modules[name].register_forward_hook(lambda module, given, output, name=name: outputs.__setitem__(name, output))
    image = torch.ones(1, 3, size, WIDTH, dtype=torch.double, requires_grad=True)
    model.double().eval()(image)
    found = {}
    for name in layers:
        output = outputs[name]
        rows = []
        for row in (output.shape[2] // 2, output.shape[2] // 2 + 1):
            (gradient,) = torch.autograd.grad(output[0, :, row, output.shape[3] // 2].log1p().sum(), image, retain_graph=True)
            touched = gradient.abs().sum((0, 1, 3)).nonzero().flatten()
            rows.append(int(touched[-1] - touched[0] + 1))
        found[name] = max(rows)
    return found


def main() -> None:
    sys.modules["torchvision._meta_registrations"] = types.ModuleType("none")  # needs operators that a CPU build lacks
    F.max_pool2d = mean_pool
    import torchvision

    builder, size, *layers = sys.argv[1:]
    model = getattr(torchvision.models, builder)(weights=None, **WITHOUT_HEADS.get(builder, {}))
    print(builder, seen_rows(model, int(size), layers))


if __name__ == "__main__":
    main()
