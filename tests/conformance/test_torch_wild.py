"""What public repositories taught: programs in their idioms that leave `out` as the real PyTorch leaves it, or that must stay silent."""

from __future__ import annotations

import textwrap

import pytest

from cnnlint.values import Unknown
from tests.conformance.replay import replay
from tests.conformance.test_torch_surroundings import native

HEAD = """
import torch
from torch import nn
import torch.nn.functional as F
"""

PROGRAMS: dict[str, tuple[str, object]] = {
    "unique values": ("out = torch.unique(torch.tensor([3, 1, 3, 2])).tolist()", [1, 2, 3]),
    "unique with all that it gives": (
        """
        values, places, counts = torch.tensor([[3, 1], [3, 2]]).unique(return_inverse=True, return_counts=True)
        out = [values.tolist(), places.tolist(), counts.tolist()]
        """,
        [[1, 2, 3], [[2, 0], [2, 1]], [1, 1, 2]],
    ),
    "unique in no stated order": ("out = tuple(torch.unique(torch.tensor([3., 1., 3.]), sorted=False).shape)", (2,)),
    "unique of one axis": ("out = torch.unique(torch.tensor([2, 2, 1]), dim=0).tolist()", [1, 2]),
    "unique of bools and of nothing": (
        "out = [torch.unique(torch.tensor([True, False, True])).tolist(), tuple(torch.unique(torch.zeros(0)).shape)]",
        [[False, True], (0,)],
    ),
    "unique neighbours": (
        """
        values, places, counts = torch.unique_consecutive(torch.tensor([1, 1, 2, 2, 1]), True, True)
        out = [values.tolist(), places.tolist(), counts.tolist()]
        """,
        [[1, 2, 1], [0, 0, 1, 1, 2], [2, 2, 1]],
    ),
    "modules added by keywords": (
        """
        m = nn.Sequential()
        m.add_module(name="conv", module=nn.Conv2d(3, 4, 1))
        m.register_module(module=nn.ReLU(), name="act")
        m.apply(fn=lambda module: None)
        out = [[n for n, _ in m.named_children()], len(list(m.modules(remove_duplicate=False)))]
        """,
        [["conv", "act"], 3],
    ),
    "keywords that a method's own instance is called by": (
        """
        class Net(nn.Module):
            def forward(self, module, container=None, door=None):
                return module
        out = tuple(Net()(module=torch.zeros(2, 3), container=1, door=2).shape)
        """,
        (2, 3),
    ),
    "what is printed of a layer": (
        """
        class Scaled(nn.Linear):
            def extra_repr(self):
                return super().extra_repr() + ", scaled"
        out = tuple(Scaled(3, 4)(torch.zeros(2, 3)).shape)
        repr(Scaled(3, 4)) + Scaled(3, 4).extra_repr()
        """,
        (2, 4),
    ),
    "a module that is deleted from a list": (
        """
        m = nn.ModuleList([nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 3)])
        del m[1]
        del m[-1:]
        out = len(m)
        """,
        1,
    ),
    "states without a batch tell that the input has none": (
        """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.lstm = nn.LSTM(4, 6)
            def forward(self, x):
                return self.lstm(x, (torch.zeros(1, 6), torch.zeros(1, 6)))[0]
        out = tuple(Net()(torch.zeros(5, 4)).shape)
        """,
        (5, 6),
    ),
    "hooks see and change what goes in and out": (
        """
        seen = {}
        def keep(name):
            def hook(module, args, output):
                seen[name] = output.detach()
            return hook
        net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 3))
        handle = net[1].register_forward_hook(keep("relu"))
        net[2].register_forward_pre_hook(lambda module, args: (args[0][:, :, ::2],))
        y = net(torch.zeros(1, 3, 9, 9))
        out = [tuple(seen["relu"].shape), tuple(y.shape)]
        handle.remove()
        seen.clear()
        net(torch.zeros(1, 3, 9, 9))
        out.append(len(seen))
        """,
        [(1, 8, 7, 7), (1, 4, 2, 5), 0],
    ),
    "a hook that a backward pass may call": (
        """
        class Keeper:
            def __init__(self, net):
                self.net, self.outputs, self.gradients, self.last = net, [], [], None
                net[0].register_forward_hook(self.keep)
                net[0].register_full_backward_hook(self.keep_gradient)
            def keep(self, module, given, output):
                self.outputs.append(output)
                output.register_hook(self.keep_last)
            def keep_gradient(self, module, inner, outer):
                self.gradients = [outer[0].detach()] + self.gradients
            def keep_last(self, gradient):
                self.last = gradient
            def __call__(self, x):
                self.outputs, self.gradients = [], []
                self.net(x)[0, 1].backward()
                return torch.cat([(a * g).sum(1) for a, g in zip(self.outputs, self.gradients)])
        keeper = Keeper(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4 * 36, 2)))
        keeper(torch.zeros(1, 3, 8, 8))
        torch.mean(keeper.last, dim=[0, 2, 3])
        out = len(keeper.outputs)
        """,
        1,
    ),
    "a tool that asks for the dtype of the parameters": (
        """
        from ptflops import get_model_complexity_info
        m = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)).half()
        get_model_complexity_info(m, (3, 32, 32), as_strings=True)
        out = len(m)
        """,
        2,
    ),
    "a lazy layer of an input of three axes": (
        """
        class Scores(nn.Module):
            def __init__(self, hidden):
                super().__init__()
                self.q, self.k, self.v = nn.LazyLinear(hidden), nn.LazyLinear(hidden), nn.LazyLinear(1)
            def forward(self, queries, keys, values):
                features = self.q(queries).unsqueeze(2) + self.k(keys).unsqueeze(1)
                return torch.bmm(self.v(features).squeeze(-1), values)
        out = tuple(Scores(8)(torch.zeros(2, 1, 20), torch.zeros(2, 10, 2), torch.zeros(2, 10, 4)).shape)
        """,
        (2, 1, 4),
    ),
}


SILENT = {
    "a product of what is not known, through a norm of two or three axes": """
        from somewhere import q, x
        h = nn.BatchNorm1d(8)(torch.mm(q, x))
        h.t()
        nn.BatchNorm1d(8)(x).t()
        """,
    "arguments of NumPy's functions": """
        import numpy as np
        order = [1, 2, 3]
        np.random.shuffle(order)
        np.transpose(np.zeros((1, 2, 3, 4)), axes=[0, 3, 1, 2])
        """,
}


@pytest.mark.parametrize("name", SILENT)
def test_what_stays_silent(name: str) -> None:
    replayed = replay(HEAD + textwrap.dedent(SILENT[name]), {})
    assert not replayed.is_rejected, replayed


UNKNOWN = {
    "a dict of modules with an entry that may be missing": """
        import argparse
        layers = {"a": nn.Conv2d(3, 4, 1)}
        if argparse.ArgumentParser().parse_args().wide:
            layers["b"] = nn.Linear(7, 7)
        out = nn.Sequential(layers)(torch.zeros(1, 3, 2, 2))
        """,
    "children that may be missing": """
        import argparse
        m = nn.Sequential(nn.Conv2d(3, 4, 1))
        if argparse.ArgumentParser().parse_args().wide:
            m.add_module("b", nn.Linear(7, 7))
        out = len(list(m.children()))
        """,
    "the time between two events": """
        out = 1e-3 * torch.cuda.Event().elapsed_time(torch.cuda.Event())
        """,
    "an entry under the device of a tensor": """
        out = {torch.zeros(1).device: 1}[torch.zeros(2).device]
        """,
    "two inputs for a container that takes one": """
        out = nn.Sequential(nn.ReLU())(torch.zeros(1), torch.zeros(1))
        """,
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_decided(name: str) -> None:
    replayed = replay(HEAD + textwrap.dedent(UNKNOWN[name]), {})
    assert not replayed.is_rejected and isinstance(replayed.value, Unknown), replayed


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_real_pytorch_leaves(name: str) -> None:
    program, expected = PROGRAMS[name]
    replayed = replay(HEAD + textwrap.dedent(program), {})
    assert not replayed.is_rejected, replayed
    assert native(replayed.value) == expected
