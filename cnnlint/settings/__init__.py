"""The user's configuration: `[tool.cnnlint]` of the nearest pyproject.toml, or a file of its own."""

from cnnlint.settings.files import settings_for
from cnnlint.settings.model import Defaults, ModelSettings, Settings

__all__ = ["Defaults", "ModelSettings", "Settings", "settings_for"]
