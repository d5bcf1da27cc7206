from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import added

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix, Severity
    from cnnlint.graph import Written


@dataclass(frozen=True)
class BiasBeforeNorm(FailureRule[oddities.BiasBeforeNorm]):
    """A layer adds a bias that the batch normalisation behind it takes off again.

    Why is this bad?
        The normalisation subtracts the mean of each channel, and with it any constant that was added to the channel. The bias gets a
        gradient of 0 in training and only costs memory; the normalisation has a shift of its own.

    Bad:
        conv, norm = Conv2d(3, 16, kernel_size=3), BatchNorm2d(16)
        norm(conv(randn(8, 3, 32, 32)))

    Good:
        conv, norm = Conv2d(3, 16, kernel_size=3, bias=False), BatchNorm2d(16)
        norm(conv(randn(8, 3, 32, 32)))

    Fix safety:
        Safe where nothing but the normalisation reads what comes out, in every run of every layer that is built there: what the model
        computes stays the same, in training and in evaluation. Otherwise unsafe. Either way the model has fewer parameters, so that
        checkpoints that hold the bias only load when they are allowed to hold more; the rule is off by default for that.

    References:
        Ioffe & Szegedy, Batch normalization, arXiv:1502.03167, section 3.2
    """

    code = "CNN701"
    severity: ClassVar[Severity] = "info"
    is_on: ClassVar[bool] = False

    def message(self, subject: str, failure: oddities.BiasBeforeNorm) -> str:
        if failure.norm:
            return f"`{subject}` adds a bias to {failure.channels} channels, which `{failure.norm}` takes off again"
        return f"`{subject}` takes off the bias of {failure.channels} channels that the layer before it adds"

    def help(self, failure: oddities.BiasBeforeNorm) -> str:
        return "`bias=False` saves it where nothing else reads what comes out" if failure.norm else ""

    def fix(self, failure: oddities.BiasBeforeNorm, written: Written) -> Fix | None:
        return added(written.call, "bias=False", safe=failure.is_sole_reader) if failure.norm else None
