from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class CannotConstruct(FailureRule[failures.CannotConstruct]):
    """A model is built with arguments for which its own code raises.

    Why is this bad?
        The constructor checks its arguments and refuses these. The note shows where.

    Bad:
        class Net(Module):
            def __init__(self, depth):
                super().__init__()
                if depth not in (18, 34):
                    raise ValueError("depth must be 18 or 34")


        net = Net(depth=19)

    Good:
        class Net(Module):
            def __init__(self, depth):
                super().__init__()
                if depth not in (18, 34):
                    raise ValueError("depth must be 18 or 34")


        net = Net(depth=18)

    References:
        The constructor's own documentation
    """

    code = "CNN804"

    def message(self, subject: str, failure: failures.CannotConstruct) -> str:
        said = f": {failure.text}" if failure.text else ""
        return f"`{failure.cls}` can't be built with these arguments: it raises {failure.exception}{said}"
