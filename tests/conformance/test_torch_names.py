"""The functions and methods that model code in the wild calls most are known to the plugin."""

from __future__ import annotations

import pytest

import cnnlint_torch
from cnnlint.plugin.framework import Framework

# Counted over public repositories, most used first.
COMMONEST = """
    view cat size relu reshape permute transpose unsqueeze squeeze contiguous einsum interpolate avg_pool2d matmul flatten chunk
    leaky_relu softmax mean to dropout sigmoid zeros pad sum bmm max max_pool2d stack checkpoint arange expand repeat
    adaptive_avg_pool2d split normalize masked_fill unbind
"""
PREFIXES = ("Tensor.", "nn.functional.", "", "utils.checkpoint.")


def table() -> Framework:
    return next(framework for framework in cnnlint_torch.cnnlint_frameworks() if framework.name == "torch")


@pytest.mark.parametrize("name", COMMONEST.split())
def test_a_common_name_is_known(name: str) -> None:
    framework = table()
    assert any(framework.find(f"{prefix}{name}") is not None for prefix in PREFIXES)
