from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class GroupsNotDividing(FailureRule[failures.GroupsNotDividing]):
    """Channels can't be shared out to equal groups.

    Why is this bad?
        A grouped convolution splits its input channels and its filters into as many groups, a group normalisation its channels;
        each group gets the same number, so that number must be a divisor. The constructor raises.

    Bad:
        Conv2d(in_channels=32, out_channels=64, kernel_size=3, groups=3)  # 3 groups can't share 32 channels

    Good:
        Conv2d(in_channels=32, out_channels=64, kernel_size=3, groups=4)

    References:
        Xie et al., Aggregated residual transformations for deep neural networks, arXiv:1611.05431
        Wu & He, Group normalization, arXiv:1803.08494
    """

    code = "CNN305"

    def message(self, subject: str, failure: failures.GroupsNotDividing) -> str:
        remainder = f"{failure.channels} % {failure.groups} = {failure.channels % failure.groups}"
        what = "the input channels" if failure.argument == failure.name else f"`{failure.argument}`"
        return f"`{subject}`: {what} must be divisible by {failure.name}: {remainder}"
