"""The same fault gives the same rule in every framework, in the framework's own words."""

from __future__ import annotations

import pathlib

import pytest

from tests.fixture import checked

TORCH = "import torch\nfrom torch import nn\n"
KERAS = "import keras\nfrom keras import layers\n"
LINEN = "import jax\nimport jax.numpy as jnp\nfrom flax import linen as nn\n"
NNX = "import jax.numpy as jnp\nfrom flax import nnx\n"

FAULTS = {
    "channels": (
        "CNN201",
        {
            "torch": TORCH + "net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(16, 4, 3))\nnet(torch.zeros(1, 3, 32, 32))\n",
            "keras": KERAS + "conv = layers.Conv2D(8, 3)\nconv.build((None, 32, 32, 3))\nconv(keras.Input((32, 32, 16)))\n",
            "linen": LINEN
            + "net = nn.Conv(8, (3, 3))\nweights = net.init(jax.random.key(0), jnp.ones((1, 32, 32, 3)))\n"
            + "net.apply(weights, jnp.ones((1, 32, 32, 16)))\n",
            "nnx": NNX
            + "rngs = nnx.Rngs(0)\nnet = nnx.Sequential(nnx.Conv(3, 8, (3, 3), rngs=rngs), nnx.Conv(16, 4, (3, 3), rngs=rngs))\n"
            + "net(jnp.ones((1, 32, 32, 3)))\n",
        },
    ),
    "residual": (
        "CNN204",
        {
            "torch": TORCH
            + "class Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            + "        self.conv = nn.Conv2d(8, 16, 3, padding=1)\n"
            + "    def forward(self, x):\n        return x + self.conv(x)\n\nBlock()(torch.zeros(1, 8, 32, 32))\n",
            "keras": KERAS + "x = keras.Input((32, 32, 8))\ny = layers.Add()([x, layers.Conv2D(16, 3, padding='same')(x)])\n",
            "linen": LINEN
            + "class Block(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        return x + nn.Conv(16, (3, 3))(x)\n\n"
            + "Block().init(jax.random.key(0), jnp.ones((1, 32, 32, 8)))\n",
            "nnx": NNX
            + "class Block(nnx.Module):\n    def __init__(self, rngs):\n        self.conv = nnx.Conv(8, 16, (3, 3), rngs=rngs)\n"
            + "    def __call__(self, x):\n        return x + self.conv(x)\n\nBlock(nnx.Rngs(0))(jnp.ones((1, 32, 32, 8)))\n",
        },
    ),
    "flatten": (
        "CNN202",
        {
            "torch": TORCH + "net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.Flatten(), nn.Linear(6272, 10))\nnet(torch.zeros(1, 1, 28, 28))\n",
            "keras": KERAS
            + "dense = layers.Dense(10)\ndense.build((None, 6272))\nx = keras.Input((28, 28, 1))\n"
            + "y = dense(layers.Flatten()(layers.Conv2D(8, 3)(x)))\n",
            "linen": LINEN
            + "class Net(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        x = nn.Conv(8, (3, 3))(x)\n"
            + "        return nn.Dense(10)(x.reshape((x.shape[0], -1)))\n\nnet = Net()\n"
            + "weights = net.init(jax.random.key(0), jnp.ones((1, 28, 28, 1)))\nnet.apply(weights, jnp.ones((1, 32, 32, 1)))\n",
            "nnx": NNX
            + "rngs = nnx.Rngs(0)\nconv, dense = nnx.Conv(1, 8, (3, 3), padding='VALID', rngs=rngs), nnx.Linear(6272, 10, rngs=rngs)\n"
            + "x = conv(jnp.ones((1, 28, 28, 1)))\ndense(x.reshape(x.shape[0], -1))\n",
        },
    ),
    "concatenation": (
        "CNN205",
        {
            "torch": TORCH + "torch.cat([torch.zeros(1, 8, 16, 16), torch.zeros(1, 8, 15, 15)], dim=1)\n",
            "keras": KERAS + "layers.Concatenate()([keras.Input((16, 16, 8)), keras.Input((15, 15, 8))])\n",
            "linen": LINEN + "jnp.concatenate([jnp.zeros((1, 16, 16, 8)), jnp.zeros((1, 15, 15, 8))], axis=-1)\n",
        },
    ),
    "negative size": (
        "CNN104",
        {
            "torch": TORCH + "nn.Conv2d(8, 8, 7)(torch.zeros(1, 8, 5, 5))\n",
            "keras": KERAS + "layers.Conv2D(8, 7)(keras.Input((5, 5, 8)))\n",
            "linen": LINEN + "nn.Conv(8, (7, 7), padding='VALID').init(jax.random.key(0), jnp.ones((1, 5, 5, 8)))\n",
            "nnx": NNX + "nnx.Conv(8, 8, (7, 7), padding='VALID', rngs=nnx.Rngs(0))(jnp.ones((1, 5, 5, 8)))\n",
        },
    ),
    "budget": (
        "CNN401",
        {
            "torch": TORCH
            + "class Net(nn.Module):  # cnnlint: budget(params=100)\n    def __init__(self):\n        super().__init__()\n"
            + "        self.fc = nn.Linear(20, 10)\n    def forward(self, x):\n        return self.fc(x)\n\nNet()(torch.zeros(1, 20))\n",
            "keras": KERAS
            + "class Net(keras.Model):  # cnnlint: budget(params=100)\n    def __init__(self):\n        super().__init__()\n"
            + "        self.fc = layers.Dense(10)\n    def call(self, x):\n        return self.fc(x)\n\n"
            + "net = Net()\nnet(keras.ops.ones((1, 20)))\n",
            "linen": LINEN
            + "class Net(nn.Module):  # cnnlint: budget(params=100)\n    @nn.compact\n    def __call__(self, x):\n"
            + "        return nn.Dense(10)(x)\n\nNet().init(jax.random.key(0), jnp.ones((1, 20)))\n",
            "nnx": NNX
            + "class Net(nnx.Module):  # cnnlint: budget(params=100)\n    def __init__(self, rngs):\n"
            + "        self.fc = nnx.Linear(20, 10, rngs=rngs)\n    def __call__(self, x):\n        return self.fc(x)\n\n"
            + "Net(nnx.Rngs(0))(jnp.ones((1, 20)))\n",
        },
    ),
}
CASES = [(fault, framework) for fault, (_, programs) in FAULTS.items() for framework in programs]


@pytest.mark.parametrize(("fault", "framework"), CASES)
def test_the_rule_of_a_fault(fault: str, framework: str, tmp_path: pathlib.Path) -> None:
    code, programs = FAULTS[fault]
    path = tmp_path / "model.py"
    path.write_text(programs[framework], encoding="utf-8")
    assert [diagnostic.code for diagnostic in checked(path).diagnostics] == [code]
