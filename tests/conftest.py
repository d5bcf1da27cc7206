"""What holds for every test: nothing outside the temporary folders is read or written by accident."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# How long a machine that does other things too takes to make an example says nothing about the test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests' runs, in this process and in others, keep their cache to themselves."""
    os.environ["CNNLINT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
