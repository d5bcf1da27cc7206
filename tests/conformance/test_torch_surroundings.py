"""What surrounds models: parametrisations, packed sequences, wrappers, checkpoints, containers of parameters, tools.

Each program is ordinary PyTorch that leaves `out`; what it leaves here is what the real PyTorch leaves, sizes as tuples.
"""

from __future__ import annotations

import textwrap

import pytest

from cnnlint.values import ListValue, Value
from tests.conformance.replay import analyser, replay

HEAD = """
import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize, prune, rnn

def named(m):
    return [(n, tuple(t.shape)) for n, t in [*m.named_parameters(), *m.named_buffers()]]
"""

PROGRAMS = {
    "weight norm": (
        "out = named(nn.utils.weight_norm(nn.Conv2d(3, 8, (3, 5))))",
        [("bias", (8,)), ("weight_g", (8, 1, 1, 1)), ("weight_v", (8, 3, 3, 5))],
    ),
    "weight norm of all axes together": (
        "out = named(nn.utils.weight_norm(nn.Linear(4, 6), dim=None))",
        [("bias", (6,)), ("weight_g", ()), ("weight_v", (6, 4))],
    ),
    "weight norm taken off again": (
        "out = named(nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(4, 6))))",
        [("bias", (6,)), ("weight", (6, 4))],
    ),
    "spectral norm of a transposed convolution": (
        "out = named(nn.utils.spectral_norm(nn.ConvTranspose2d(3, 8, 3, bias=False)))",
        [("weight_orig", (3, 8, 3, 3)), ("weight_u", (8,)), ("weight_v", (27,))],
    ),
    "parametrised weight norm": (
        "out = named(parametrizations.weight_norm(nn.Linear(4, 6), dim=1))",
        [("bias", (6,)), ("parametrizations.weight.original0", (1, 4)), ("parametrizations.weight.original1", (6, 4))],
    ),
    "orthogonal": (
        "out = named(parametrizations.orthogonal(nn.Linear(4, 6, bias=False)))",
        [("parametrizations.weight.original", (6, 4)), ("parametrizations.weight.0.base", (6, 6))],
    ),
    "a parametrisation of one's own": (
        """
        class Symmetric(nn.Module):
            def forward(self, X):
                return X + X
        m = parametrize.register_parametrization(nn.Linear(4, 4), "weight", Symmetric())
        before = named(m)
        parametrize.remove_parametrizations(m, "weight")
        out = [before, named(m), tuple(m(torch.zeros(2, 4)).shape)]
        """,
        [
            [("bias", (4,)), ("parametrizations.weight.original", (4, 4))],
            [("bias", (4,)), ("weight", (4, 4))],
            (2, 4),
        ],
    ),
    "pruning": (
        "out = named(prune.l1_unstructured(nn.Linear(4, 6), 'weight', 0.3))",
        [("bias", (6,)), ("weight_orig", (6, 4)), ("weight_mask", (6, 4))],
    ),
    "packed sequences": (
        """
        packed = rnn.pack_padded_sequence(torch.zeros(5, 3, 8), [5, 3, 2])
        o, h = nn.GRU(8, 4, 2, bidirectional=True)(packed)
        padded, lengths = rnn.pad_packed_sequence(o, batch_first=True)
        out = [tuple(o.data.shape), tuple(h.shape), tuple(padded.shape), tuple(lengths.shape)]
        """,
        [(10, 8), (4, 3, 4), (3, 5, 8), (3,)],
    ),
    "padded sequences": (
        "out = tuple(rnn.pad_sequence([torch.zeros(2, 7), torch.zeros(5, 7)], batch_first=True).shape)",
        (2, 5, 7),
    ),
    "containers of parameters": (
        """
        class M(nn.Module):
            def __init__(self):
                super().__init__()
                self.l = nn.ParameterList([nn.Parameter(torch.zeros(2)), torch.zeros(3)])
                self.d = nn.ParameterDict({"k": nn.Parameter(torch.zeros(4))})
                self.b = nn.Buffer(torch.zeros(5))
        m = M()
        m.l.append(nn.Parameter(torch.zeros(6)))
        out = [named(m), len(m.l), "k" in m.d, tuple(m.l[-1].shape)]
        """,
        [[("l.0", (2,)), ("l.1", (3,)), ("l.2", (6,)), ("d.k", (4,)), ("b", (5,))], 3, True, (6,)],
    ),
    "wrappers": (
        """
        m = nn.DataParallel(nn.Linear(2, 3))
        out = [named(m), tuple(m(torch.zeros(4, 2)).shape), tuple(m.module.weight.shape)]
        """,
        [[("module.weight", (3, 2)), ("module.bias", (3,))], (4, 3), (3, 2)],
    ),
    "checkpoints and modes": (
        """
        from torch.utils.checkpoint import checkpoint, checkpoint_sequential
        net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 4))
        @torch.no_grad()
        def run(x):
            with torch.autocast("cpu", enabled=False):
                return checkpoint(net, x, use_reentrant=False)
        again = checkpoint_sequential(net, 2, torch.zeros(5, 2), use_reentrant=False)
        out = [tuple(run(torch.zeros(5, 2)).shape), tuple(again.shape), torch.jit.is_scripting()]
        """,
        [(5, 4), (5, 4), False],
    ),
    "a function with a backward of its own": (
        """
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.save_for_backward(x)
                return torch.cat([x, x], 1)
            @staticmethod
            def backward(ctx, g):
                return g
        out = tuple(Double.apply(torch.zeros(2, 3)).shape)
        """,
        (2, 6),
    ),
    "initialisers": (
        """
        w = torch.empty(8, 3, 5, 5)
        out = [tuple(nn.init.kaiming_normal_(w, mode="fan_out").shape), nn.init._calculate_fan_in_and_fan_out(w)]
        """,
        [(8, 3, 5, 5), (75, 200)],
    ),
    "subclasses of layers between": (
        """
        from torch.nn.modules.batchnorm import _BatchNorm
        out = [isinstance(nn.BatchNorm2d(3), _BatchNorm), isinstance(nn.GroupNorm(1, 3), _BatchNorm), isinstance(nn.LSTM(1, 1), nn.RNNBase)]
        """,
        [True, False, True],
    ),
}


def native(value: Value) -> object:
    """A value of the program as Python has it."""
    match value:
        case ListValue():
            return [native(item) for item in value.contents] if isinstance(value.contents, list) else value.contents
        case tuple():
            return tuple(native(item) for item in value)
    return value


def program(text: str) -> str:
    return HEAD + textwrap.dedent(text)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    text, expected = PROGRAMS[name]
    found = replay(program(text), {})
    assert not found.is_rejected and native(found.value) == expected


REJECTED = {
    "fans of a vector": "nn.init.xavier_uniform_(torch.empty(3))",
    "a weight norm of no weight": "nn.utils.weight_norm(nn.ReLU())",
    "two weight norms": "nn.utils.weight_norm(nn.utils.weight_norm(nn.Linear(2, 3)))",
    "a wrong hidden state": "nn.GRU(2, 3)(torch.zeros(4, 5, 2), torch.zeros(2, 5, 3))",
    "an embedding that the heads do not divide": "nn.MultiheadAttention(10, 3)",
    "an activation that is none": "nn.TransformerEncoderLayer(8, 2, activation='swish')",
    "a width that is not the model's": "nn.Transformer(8, 2, 1, 1)(torch.zeros(2, 1, 8), torch.zeros(2, 1, 9))",
}


@pytest.mark.parametrize("name", REJECTED)
def test_rejected(name: str) -> None:
    assert replay(program(f"out = {REJECTED[name]}"), {}).is_rejected


TOOLS = {
    "torchsummary": ("from torchsummary import summary\nsummary(m, (3, 9, 9))", "(batch, 3, 9, 9)"),
    "torchinfo": ("import torchinfo\ntorchinfo.summary(m, input_size=(2, 3, 9, 9))", "(2, 3, 9, 9)"),
    "thop": ("from thop import profile\nprofile(m, inputs=(torch.zeros(1, 3, 9, 9),))", "(1, 3, 9, 9)"),
    "ptflops": ("from ptflops import get_model_complexity_info\nget_model_complexity_info(m, (3, 9, 9))", "(batch, 3, 9, 9)"),
    "export": ("torch.onnx.export(m, torch.zeros(1, 3, 9, 9), 'm.onnx')", "(1, 3, 9, 9)"),
    "trace": ("torch.jit.trace(m, (torch.zeros(1, 3, 9, 9),))", "(1, 3, 9, 9)"),
    "graph": (
        "from torch.utils.tensorboard import SummaryWriter\nSummaryWriter().add_graph(m, torch.zeros(1, 3, 9, 9))",
        "(1, 3, 9, 9)",
    ),
}


@pytest.mark.parametrize("name", TOOLS)
def test_tool_states_an_input(name: str) -> None:
    text, shape = TOOLS[name]
    found = replay(program(f"m = nn.Conv2d(3, 4, 3)\n{text}\nout = m.training"), {})
    runs = analyser().machine.recorder.runs
    assert [str(value.shape) for value in runs[0].inputs] == [shape]
    assert found.value is True and not found.is_rejected
