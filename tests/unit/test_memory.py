"""Bytes of weights and activations: against brute force, against PyTorch's own allocations, and as formulas."""

from __future__ import annotations

import json
import pathlib
import random
from dataclasses import replace

import pytest

from cnnlint.dims import Shape, substitute, symbol
from cnnlint.graph import Memory, Model, Step, Trace, TracedTensor, for_one, memory_of
from cnnlint.interpreter import Target
from cnnlint.source import StatedInput, parse_shape
from tests.conformance.replay import analyser
from tests.snapshots.example import model as example

CONFORMANCE = pathlib.Path(__file__).parent.parent / "conformance"
PROGRAMS = CONFORMANCE / "programs" / "memory.py"
RECORDED = json.loads((CONFORMANCE / "data" / "memory.json").read_text(encoding="utf-8"))


def summarised(file: pathlib.Path, name: str, shape: str) -> Model:
    (model,) = analyser().summarise(Target(name, file, None, f"{name}()"), (StatedInput(None, parse_shape(shape)),))
    return model


def of_program(tmp_path: pathlib.Path, body: str, shape: str = "1,3,8,8", layers: str = "") -> Memory:
    """The memory of a module whose `forward` has this body, on lines of its own."""
    lines = "\n        ".join(body.splitlines())
    file = tmp_path / "net.py"
    file.write_text(
        "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n"
        f"class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        {layers}\n\n"
        f"    def forward(self, x):\n        {lines}\n",
        encoding="utf-8",
    )
    return memory_of(summarised(file, "Net", shape))


@pytest.mark.parametrize("name", RECORDED["entries"])
def test_what_torch_allocates(name: str) -> None:
    memory = memory_of(summarised(PROGRAMS, name, ",".join(map(str, RECORDED["meta"]["input"]))))
    assert memory.is_exact
    assert {"total": memory.total, "peak": memory.peak} == RECORDED["entries"][name]


def random_trace(source: random.Random) -> Trace:
    """A run of operations on what is there, with views, writes in place and results that nobody reads."""
    tensors = [TracedTensor(Shape((source.randrange(1, 50),)), "int8", number) for number in range(2)]
    steps = []
    for _ in range(source.randrange(1, 14)):
        reads = tuple(source.sample(range(len(tensors)), source.randrange(1, min(3, len(tensors)) + 1)))
        makes = []
        for _ in range(source.choice((0, 1, 1, 1, 2))):
            is_view = source.random() < 0.3
            storage = tensors[reads[0]].storage if is_view else len(tensors)
            makes.append(len(tensors))
            tensors.append(TracedTensor(Shape((source.randrange(1, 50),)), "int8", storage))
        steps.append(Step(None, reads, tuple(makes)))
    return Trace(tuple(tensors), tuple(steps), (0, 1), (len(tensors) - 1,), is_complete=True)


def brute_force_peak(trace: Trace) -> int:
    """The most bytes at once: at each moment every memory that is there already and is needed now or later."""

    def size(storage: int) -> int:
        count = trace.tensors[storage].shape.numel
        assert isinstance(count, int)
        return count

    def touched(number: int) -> set[int]:
        if number == len(trace.steps):
            return {trace.tensors[tensor].storage for tensor in trace.outputs}
        step = trace.steps[number]
        return {trace.tensors[tensor].storage for tensor in (*step.reads, *step.makes)}

    made = {trace.tensors[tensor].storage: number for number, step in enumerate(trace.steps) for tensor in step.makes}
    made = {storage: number for storage, number in made.items() if all(trace.tensors[each].storage != storage for each in trace.inputs)}
    first = {storage: next(n for n in range(len(trace.steps)) if storage in touched(n)) for storage in made}
    peak = sum(size(storage) for storage in set(trace.inputs))
    for now in range(len(trace.steps)):
        later = set().union(*(touched(number) for number in range(now, len(trace.steps) + 1)))
        there = {storage for storage in range(len(trace.tensors)) if storage in trace.inputs or first.get(storage, now + 1) <= now}
        if any(first.get(storage) == now for storage in there):
            peak = max(peak, sum(size(storage) for storage in there & later))
    return peak


@pytest.mark.parametrize("seed", range(300))
def test_the_peak_is_that_of_brute_force(seed: int) -> None:
    trace = random_trace(random.Random(seed))
    memory = memory_of(replace(example(), trace=trace, calls=(), blocks=()))
    assert memory.peak == brute_force_peak(trace)
    own = [tensor for step in trace.steps for tensor in step.makes if trace.tensors[tensor].storage == tensor]
    assert memory.total == sum(trace.tensors[tensor].shape.numel for tensor in own)


def test_views_and_writes_in_place_take_nothing(tmp_path: pathlib.Path) -> None:
    body = "x = x.view(1, 3, 64).transpose(1, 2).unsqueeze(0)[:, :, 3:]\nx.mul_(2)\nx += 1\nreturn F.relu(x, inplace=True).detach()"
    memory = of_program(tmp_path, body)
    assert (memory.peak, memory.total, memory.is_exact) == (3 * 64 * 4, 0, True)


def test_a_copy_takes_its_bytes(tmp_path: pathlib.Path) -> None:
    assert of_program(tmp_path, "return x.transpose(2, 3).reshape(3, 64)").total == 768
    assert of_program(tmp_path, "return x.reshape(3, 64)").total == 0


def test_integers_are_held_as_they_are(tmp_path: pathlib.Path) -> None:
    assert of_program(tmp_path, "return x.argmax(1)").total == 64 * 8
    assert of_program(tmp_path, "return x > 0").total == 3 * 64


def test_what_is_read_again_stays_until_then(tmp_path: pathlib.Path) -> None:
    assert of_program(tmp_path, "a = x * 2\nb = a * 2\nc = b * 2\nreturn c").peak == 2 * 768
    assert of_program(tmp_path, "a = x * 2\nb = a * 2\nc = b * 2\nreturn c + a").peak == 3 * 768


def test_each_layer_and_the_largest(tmp_path: pathlib.Path) -> None:
    memory = of_program(
        tmp_path, "return self.b(F.relu(self.a(x)))", layers="self.a = nn.Conv2d(3, 4, 3)\n        self.b = nn.Conv2d(4, 8, 3)"
    )
    made = 4 * 36 * 4, 8 * 16 * 4
    weights = (3 * 4 * 9 + 4) * 4, (4 * 8 * 9 + 8) * 4
    assert memory.calls == made
    assert memory.working_sets == (768 + made[0] + weights[0], made[0] + made[1] + weights[1])
    assert (memory.layer, memory.layer_call) == (memory.working_sets[1], 1)
    assert (memory.weights, memory.weights_exact) == (sum(weights), True)


def test_other_dtypes() -> None:
    model = summarised(PROGRAMS, "Chain", "2,3,32,32")
    usual, small = memory_of(model), memory_of(model, weights="int8", activations="float16")
    assert isinstance(usual.peak, int)
    assert small.peak == usual.peak // 2
    tracked = 8  # the counter of the normalisation is an integer of eight bytes
    assert isinstance(usual.weights, int)
    assert small.weights == (usual.weights - tracked) // 4 + tracked


@pytest.mark.parametrize("name", ["Chain", "Residual", "Dense", "Encoder"])
def test_formulas_give_the_numbers(name: str) -> None:
    batch = symbol("batch")
    number, formula = (memory_of(summarised(PROGRAMS, name, shape)) for shape in ("2,3,32,32", "batch,3,32,32"))
    for known, open_ in ((number.peak, formula.peak), (number.total, formula.total), (number.layer, formula.layer)):
        assert open_ is not None
        assert substitute(open_, {batch: 2}) == known
        assert for_one(open_) == substitute(open_, {batch: 1})


def test_formulas_of_many_moments(tmp_path: pathlib.Path) -> None:
    """So many different sums that they are not compared with each other one by one."""
    body = "kept = []\nfor i in range(40):\n    kept.append(x[:, :1, : i % 7 + 1] * 2)\nreturn torch.cat([k.flatten(1) for k in kept], 1)"
    number, formula = (of_program(tmp_path, body, shape) for shape in ("3,3,8,8", "batch,3,8,8"))
    assert formula.peak is not None
    assert substitute(formula.peak, {symbol("batch"): 3}) == number.peak


def test_an_open_batch_of_another_name_counts_as_one(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(
        "import keras\nfrom keras import layers\n\nmodel = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3),"
        " layers.Dropout(0.5), layers.Flatten(), layers.Dense(2)])\n",
        encoding="utf-8",
    )
    (model,) = analyser().summarise(Target("model", file, None, "model"), ())
    memory = memory_of(model)
    assert memory.is_exact
    assert (str(memory.peak), memory.calls[1:3]) == (f"{(192 + 144) * 4}*batch", (0, 0))
    assert for_one(memory.total) == (144 + 2) * 4


def test_formulas_of_height_and_width() -> None:
    formula = memory_of(summarised(PROGRAMS, "Residual", "1,3,H,W"))
    assert formula.is_exact
    assert str(formula.peak) == "576*H*W"
    assert str(memory_of(summarised(PROGRAMS, "Dense", "1,3,H,W")).total) == "284*H*W"


def test_an_unknown_operation_leaves_a_lower_bound(tmp_path: pathlib.Path) -> None:
    memory = of_program(tmp_path, "import strange\nreturn torch.relu(strange.mix(torch.relu(x)))")
    assert not memory.is_exact
    assert memory.total == 768


def test_a_condition_that_is_not_known_leaves_a_lower_bound(tmp_path: pathlib.Path) -> None:
    memory = of_program(tmp_path, "import os\ny = x * 2\nif os.urandom(1) == b'0':\n    y = y * 2\nreturn y")
    assert not memory.is_exact
    assert memory.total == 768
