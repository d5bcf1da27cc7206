from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint import oddities
from cnnlint.plugin import FailureRule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity


@dataclass(frozen=True)
class ClassCountMismatch(FailureRule[oddities.ClassCountMismatch]):
    """A head has another number of units than its labels have classes.

    Why is this bad?
        With too few units there are labels that no unit stands for: the loss raises, or reads what is not there. With too many, which
        is a warning, some units are only ever trained to be off.

    Bad:
        head = Linear(64, 5)
        data = CIFAR10("data")  # 10 classes
        for images, labels in DataLoader(data, 32):
            loss = cross_entropy(head(features(images)), labels)

    Good:
        head = Linear(64, 10)
        data = CIFAR10("data")
        for images, labels in DataLoader(data, 32):
            loss = cross_entropy(head(features(images)), labels)

    References:
        Krizhevsky, Learning multiple layers of features from tiny images, 2009
    """

    code = "CNN609"
    severity: ClassVar[Severity] = "error"

    def message(self, subject: str, failure: oddities.ClassCountMismatch) -> str:
        of = f" of {failure.source}" if failure.source else ""
        return f"`{subject}` gets {failure.units} scores an example, but the labels{of} have {failure.classes} classes"

    def severity_of(self, failure: oddities.ClassCountMismatch) -> Severity:
        return "error" if failure.units < failure.classes else "warning"
