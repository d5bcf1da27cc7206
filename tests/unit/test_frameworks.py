"""Frameworks side by side in one program keep out of each other's way."""

from __future__ import annotations

from cnnlint.interpreter.analyser import Analyser
from cnnlint.plugin import Dim, Framework, Instance, Registry, Result, Tensor, declare_modules
from cnnlint.source import decode


def framework(name: str, **attributes: Dim) -> Framework:
    """A framework whose `nn.Scale` keeps what the argument is and `attributes`."""
    made = Framework(name, (name,), module="Module")
    declare_modules(made)

    @made.layer("nn.Scale")
    class Scale:
        @staticmethod
        def parameters(factor: Dim = 2) -> None:
            return None

        @staticmethod
        def attributes(factor: Dim = 2) -> dict[str, Dim]:
            return attributes

        def forward(self, x: Tensor) -> Result:
            return Result(x.shape)

    return made


def test_layers_of_the_same_path_are_each_their_frameworks_own() -> None:
    program = "import lead, tin\na = lead.nn.Scale()\nb = tin.nn.Scale()\n"
    entry = Analyser(Registry(frameworks=(framework("lead", weight=1), framework("tin", shine=3))), ()).open(
        decode(program.encode(), "program.py"), None
    )
    entry.run_body()
    a, b = entry.module.contents["a"], entry.module.contents["b"]
    assert isinstance(a, Instance) and isinstance(b, Instance)
    assert (a.contents.get("weight"), a.contents.get("shine")) == (1, None)
    assert (b.contents.get("weight"), b.contents.get("shine")) == (None, 3)
