"""What holds for every test: nothing outside the temporary folders is read or written by accident."""

from __future__ import annotations

import os
import pathlib
import sys

import pytest
import tomli
from hypothesis import HealthCheck, settings

# How long a machine that does other things too takes to make an example says nothing about the test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests' runs, in this process and in others, keep their cache to themselves."""
    os.environ["CNNLINT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _plugins_of_the_checkout(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The plugins are those that pyproject.toml names, also where the package was installed before one of them came."""
    text = (pathlib.Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    lines = [f"{name} = {module}\n" for name, module in tomli.loads(text)["project"]["entry-points"]["cnnlint"].items()]
    folder = tmp_path_factory.mktemp("checkout") / "cnnlint-checkout.dist-info"
    folder.mkdir()
    (folder / "entry_points.txt").write_text("".join(("[cnnlint]\n", *lines)), encoding="utf-8")
    sys.path.append(str(folder.parent))
