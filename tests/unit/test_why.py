"""What `cnnlint why` tells: of layers, lines, failures and pasted tracebacks."""

from __future__ import annotations

import io
import json
import pathlib
import sys

import pytest

from cnnlint.cli.commands import run_command
from cnnlint.registry import load_registry

LENET = """import torch
from torch import nn


class LeNet(nn.Module):
    def __init__(self, width=6):
        super().__init__()
        self.conv1 = nn.Conv2d(1, width, 5)
        self.conv2 = nn.Conv2d(width, width * 2, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(16 * 5 * 5, 10)

    def forward(self, x):
        x = self.pool(self.conv1(x).relu())
        x = torch.cat([self.conv2(x), x], 1)
        return self.fc1(x.flatten(1))


net = LeNet()
net(torch.randn(8, 1, 32, 32))
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("net.py").write_text(LENET)


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run_command(["why", "--isolated", *arguments]) == code
    return capsys.readouterr().out


def pasted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    class Piped(io.TextIOWrapper):
        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Piped(io.BytesIO(text.encode())))


def test_what_fails_goes_back_to_the_input_and_to_the_constructors(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "net.py", code=1) == (
        "fc1  Linear of net\n"
        "  built at   net.py:11\n"
        "  called at  net.py:16\n"
        "  gets       (8, 3528)\n"
        "  gives      nothing: it fails\n"
        "  in_features = 400, written `16 * 5 * 5`  net.py:11, from net.py:19\n"
        "  out_features = 10  net.py:11, from net.py:19\n"
        "\n"
        "axis 1: 3528\n"
        "  3528  x.flatten: 18 * 14 * 14                                              net.py:16\n"
        "  ├─ 18  torch.cat: 12 + 6                                                   net.py:15\n"
        "  │  ├─ 12  `out_channels` = `width * 2` of conv2                            net.py:9\n"
        "  │  └─ 6  `out_channels` = `width` of conv1  (then through pool, relu)      net.py:8\n"
        "  ├─ 14  pool: (28 - 2 + 2*0) / 2 + 1 = 14  (then through torch.cat, conv2)  net.py:10\n"
        "  │  28  conv1: (32 - 5 + 2*0) / 1 + 1 = 28  (then through relu)             net.py:8\n"
        "  │  32  the input of `net`, (8, 1, 32, 32)                                  net.py:20\n"
        "  └─ 14  likewise\n"
        "\n"
        "error[CNN202]: `fc1` expects 400 input features, but gets 18 * 14 * 14 = 3528  net.py:11\n"
        "  fix: set `in_features` to 18 * 14 * 14\n"
    )


def test_a_layer_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    printed = told(capsys, "net.py::net.conv2")
    assert "  gives      (8, 12, 14, 14)  (14 - 3 + 2*1) / 1 + 1 = 14\n" in printed
    assert "axes 2 and 3: 14\n  14  pool: (28 - 2 + 2*0) / 2 + 1 = 14" in printed
    assert told(capsys, "net.py.conv2") == printed
    assert told(capsys, "net.py::LeNet.conv2") == printed


def test_a_layer_of_a_model_that_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    printed = told(capsys, "net.py::LeNet(3).conv2", "--input", "1,1,20,20")
    assert "3  `out_channels` of conv1" in printed
    assert "20  the input of `LeNet`, (1, 1, 20, 20)" in printed


def test_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    printed = told(capsys, "net.py:15")
    assert printed.index("conv2  Conv2d of net") < printed.index("torch.cat  an operation of net")
    assert told(capsys, "net.py::net:15") == printed
    assert told(capsys, "net.py:8").startswith("conv1  Conv2d of net\n  built at   net.py:8\n  called at  net.py:14\n")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(told(capsys, "net.py", "--output-format", "json", code=1))
    [answer] = shown["answers"]
    assert (answer["subject"], answer["gets"], answer["gives"]) == ("fc1", [[8, 3528]], [])
    origin = answer["axes"][0]["origin"]
    assert (origin["kind"], origin["text"], origin["place"]["line"]) == ("product", "18 * 14 * 14", 16)
    assert [source["size"] for source in origin["sources"]] == [18, 14, 14]
    assert answer["problem"]["code"] == "CNN202"
    assert answer["problem"]["fix"] == "set `in_features` to 18 * 14 * 14"


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("nope.py", "nope.py"),
        ("net.py::net.fc9", "no layer `fc9` was called in `net`, `LeNet`; did you mean `fc1`?"),
        ("net.py:3", "no layer or operation of `net`, `LeNet` stands on line 3"),
    ],
)
def test_what_is_not_there(target: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["why", "--isolated", target]) == 2
    assert complaint in capsys.readouterr().err


TRACEBACK = """Traceback (most recent call last):
  File "/home/someone/project/train.py", line 3, in <module>
    LeNet()(torch.randn(8, 1, 32, 32))
  File "/home/someone/.venv/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1751, in _call_impl
    return forward_call(*args, **kwargs)
  File "/home/someone/project/lenet.py", line 16, in forward
    return self.fc1(x.flatten(1))
  File "/home/someone/.venv/lib/python3.11/site-packages/torch/nn/modules/linear.py", line 125, in forward
    return F.linear(input, self.weight, self.bias)
RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x3528 and 400x10)
"""


def test_a_traceback_of_another_machine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pathlib.Path("lenet.py").write_text(LENET.partition("\n\nnet =")[0])
    pathlib.Path("train.py").write_text("import torch\nfrom lenet import LeNet\nLeNet()(torch.randn(8, 1, 32, 32))\n")
    pasted(monkeypatch, TRACEBACK)
    printed = told(capsys, code=1)
    assert printed.startswith(
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x3528 and 400x10)\n"
        "  a matrix of 8 x 3528 meets one of 400 x 10: a linear layer of 400 input features gets 3528\n"
        "  raised at lenet.py:16\n"
        "  help: `in_features=3528` takes what arrives\n"
        "\n"
        "fc1  Linear of LeNet\n"
        "  built at   lenet.py:11\n"
    )
    assert "fix: set `in_features` to 18 * 14 * 14" in printed
    assert "32  the input of `LeNet`, (8, 1, 32, 32)" in printed


def test_a_last_line_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pasted(
        monkeypatch, "RuntimeError: Given groups=1, weight of size [64, 3, 7, 7], expected input[1, 1, 9, 9] to have 3 channels, but got 1"
    )
    assert told(capsys, code=1).splitlines()[1:] == [
        "  a convolution of 3 input channels gets 1",
        "  help: `in_channels=1` takes what arrives",
    ]


def test_weights_that_do_not_fit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = TRACEBACK.splitlines()[:3]
    error = (
        "RuntimeError: Error(s) in loading state_dict for LeNet:\n\tsize mismatch for conv2.weight: copying a param with shape "
        "torch.Size([16, 6, 3, 3]) from checkpoint, the shape in current model is torch.Size([12, 6, 3, 3])."
    )
    pathlib.Path("train.py").write_text(LENET)
    pasted(monkeypatch, "\n".join([*lines, error]))
    printed = told(capsys, code=1)
    assert "the checkpoint has `conv2.weight` of shape (16, 6, 3, 3), the model builds (12, 6, 3, 3)" in printed
    assert "conv2  Conv2d of net" in printed
    assert "out_channels = 12, written `width * 2`  train.py:9, from train.py:19" in printed


def test_no_error_in_what_is_pasted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pasted(monkeypatch, "hello\n")
    assert run_command(["why"]) == 2
    assert "there is no error in it" in capsys.readouterr().err


INCOMPATIBLE = "is incompatible with the layer: expected"
MEANINGS = {
    "running_mean should contain 16 elements not 32": "a batch normalisation of 32 channels gets 16",
    "Given transposed=1, weight of size [3, 6, 2, 2], expected input[1, 4, 8, 8] to have 3 channels, but got 4 channels instead": (
        "a transposed convolution of 3 input channels gets 4"
    ),
    "Given normalized_shape=[64], expected input with shape [*, 64], but got input of size[1, 32]": (
        "a layer normalisation over (64) gets a tensor of shape (1, 32)"
    ),
    "The size of tensor a (14) must match the size of tensor b (28) at non-singleton dimension 3": (
        "two tensors are combined element by element, of 14 and 28 on axis 3, and neither is 1"
    ),
    "Sizes of tensors must match except in dimension 1. Expected size 28 but got size 27 for tensor number 1 in the list.": (
        "tensors are joined along axis 1 that differ on another one: the first has 28, tensor 1 has 27"
    ),
    "shape '[-1, 400]' is invalid for input of size 4608": (
        "a tensor of 4608 elements is to be seen as (-1, 400), which has another number of them"
    ),
    "Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be greater than actual input size": (
        "a kernel of 3 x 3 is larger than its padded input of 2 x 2"
    ),
    "Given input size: (512x1x1). Calculated output size: (512x0x0). Output size is too small": (
        "nothing comes out of a pool: 512x1x1 would become 512x0x0"
    ),
    "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [5, 5]": (
        "`conv2d` takes 3D (unbatched) or 4D (batched) input, but gets (5, 5)"
    ),
    'Missing key(s) in state_dict: "fc.weight", "fc.bias". ': "the checkpoint has no `fc.weight`, which the model has",
    "Expected weight to be a vector, but got weight of shape [16] and input of shape [1, 32, 8, 8]": (
        "a group normalisation of 16 channels gets 32"
    ),
    f"Input 0 with name 'x' of layer 'fc' {INCOMPATIBLE} axis -1 of input shape to have value 784, but received input with shape (2, 8)": (
        "`fc` was built for 784 on axis -1, but gets (2, 8)"
    ),
    f'Input 0 of layer "conv2d" {INCOMPATIBLE} min_ndim=4, found ndim=3. Full shape received: (None, 28, 28)': (
        "`conv2d` takes a tensor of at least 4 axes, but gets 3: (None, 28, 28)"
    ),
}


@pytest.mark.parametrize(("error", "meaning"), MEANINGS.items(), ids=range(len(MEANINGS)))
def test_what_frameworks_say(error: str, meaning: str) -> None:
    found = []
    for framework in load_registry(print).frameworks:
        framework.load()
        found += [function(match).text for pattern, function in framework.messages if (match := pattern.search(error)) is not None]
    assert found == [meaning]
