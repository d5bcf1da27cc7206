from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class HeadsNotDividing(FailureRule[failures.HeadsNotDividing]):
    """The features of an attention layer can't be shared out to its heads.

    Why is this bad?
        Each head works on an equal part of the features, so their number must be a multiple of the number of heads. The constructor
        raises.

    Bad:
        MultiheadAttention(embed_dim=100, num_heads=8)

    Good:
        MultiheadAttention(embed_dim=96, num_heads=8)

    References:
        Vaswani et al., Attention is all you need, arXiv:1706.03762
    """

    code = "CNN309"

    def message(self, subject: str, failure: failures.HeadsNotDividing) -> str:
        remainder = f"{failure.features} % {failure.heads} = {failure.features % failure.heads}"
        return f"`{subject}`: `{failure.argument}` must be divisible by {failure.name}: {remainder}"
