# A number for every axis, as ordinary Python: what layers make of `kernel_size=3`.
# See https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html ("can be either a single int or a tuple")
# Evaluated by the interpreter, never imported.

from collections.abc import Iterable


def _ntuple(n, name="parse"):
    def repeated(x):
        return tuple(x) if isinstance(x, Iterable) else (x,) * n

    return repeated


_single = _ntuple(1)
_pair = _ntuple(2)
_triple = _ntuple(3)
_quadruple = _ntuple(4)


def _reverse_repeat_tuple(t, n):
    return tuple(x for x in reversed(t) for _ in range(n))


def _list_with_default(out_size, defaults):
    if isinstance(out_size, int):
        return out_size
    last = defaults[-len(out_size) :]
    return [last[place] if size is None else size for place, size in enumerate(out_size)]
