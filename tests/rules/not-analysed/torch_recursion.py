"""A recursion over children that nobody knows ends."""

from torch import nn


def replace(module):
    found = {}
    for name, child in module.named_children():
        replace(child)
        if type(child) is nn.ReLU6:
            found[name] = nn.ReLU()
    for name, child in found.items():
        module._modules[name] = child


def count(module, seen, depth=0):
    for child in module.children():
        seen.append(child)
        count(child, seen, depth)
    return len(seen)


def halves(width, make):
    return [make(width)] + halves(width // 2, make) if width > 8 else []
