from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class DropoutBeforeBatchNorm(FailureRule[oddities.DropoutBeforeBatchNorm]):
    """A batch normalisation gets the output of a dropout.

    Why is this bad?
        Dropout changes the variance of its output between training and evaluation. The running statistics of the normalisation are
        those of training, so that its output is shifted when the model is used.

    Bad:
        net = Sequential(Linear(64, 64), Dropout(0.5), BatchNorm1d(64))
        net(randn(8, 64))

    Good:
        net = Sequential(Linear(64, 64), BatchNorm1d(64), Dropout(0.5))
        net(randn(8, 64))

    References:
        Li et al., Understanding the disharmony between dropout and batch normalization by variance shift, arXiv:1801.05134
    """

    code = "CNN707"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.DropoutBeforeBatchNorm) -> str:
        return f"`{subject}` normalises the output of a dropout, whose variance is another in evaluation than in training"
