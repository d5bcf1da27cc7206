from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class BranchesDifferForOddSize(FailureRule[oddities.BranchesDiffer]):
    """Two branches that meet have the same size for some input sizes only.

    Why is this bad?
        A step of 2 halves an even size exactly and rounds an odd one, up in one layer and down in another. With the size that the model
        was tried with all fits; with an image that is a pixel larger it raises.

    Bad:
        class Skip(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(3, 16, 3, padding=1)

            def forward(self, x):
                x = self.conv(x)
                y = functional.interpolate(functional.max_pool2d(x, 2), scale_factor=2)
                return cat([y, x], 1)

    Good:
        class Skip(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(3, 16, 3, padding=1)

            def forward(self, x):
                x = self.conv(x)
                y = functional.interpolate(functional.max_pool2d(x, 2), size=x.shape[2:])
                return cat([y, x], 1)

    References:
        Ronneberger, Fischer & Brox, U-Net, arXiv:1505.04597 (select the input tile size such that all pools see even sizes)
    """

    code = "CNN108"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.BranchesDiffer) -> str:
        return f"`{subject}`: the branches have the sizes {failure.left} and {failure.right}, which differ {failure.where}"
