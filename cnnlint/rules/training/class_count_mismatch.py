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
        net = Sequential(Flatten(), Linear(3 * 32 * 32, 5))
        loss = CrossEntropyLoss()
        for images, labels in DataLoader(CIFAR10("data"), 32):  # 10 classes
            loss(net(images), labels).backward()

    Good:
        net = Sequential(Flatten(), Linear(3 * 32 * 32, 10))
        loss = CrossEntropyLoss()
        for images, labels in DataLoader(CIFAR10("data"), 32):
            loss(net(images), labels).backward()

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
