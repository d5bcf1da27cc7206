"""Conditions on sizes as Python functions: each shared part is computed once, and a call costs microseconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cnnlint.dims import And, Comparison, Condition, Not, Number, Or, Symbol
from cnnlint.dims.atoms import FUNCTIONS, Atom, Extremum, Operation, Quotient, Where


class _Writer:
    """Writes the text of one function; the names of its parts are ours, never the program's."""

    def __init__(self, symbols: Sequence[Symbol]) -> None:
        self.names: dict[Atom, str] = {symbol: f"v{place}" for place, symbol in enumerate(symbols)}
        self.lines: list[str] = []
        self.functions: dict[str, str] = {}

    def number(self, x: Number) -> str:
        if isinstance(x, (int, float)):
            return f"({x!r})"
        if not x.is_integer:
            (atom,) = x.atoms()
            return self.atom(atom)
        parts = [] if not x.constant and x.terms else [repr(x.constant)]
        for monomial, coefficient in x.terms.items():
            factors = [] if coefficient == 1 else [f"({coefficient!r})"]
            for atom, power in monomial:
                factors += [self.atom(atom)] * power
            parts.append("*".join(factors))
        return f"({' + '.join(parts)})"

    def atom(self, atom: Atom) -> str:
        if atom not in self.names:
            text = self.computed(atom)
            name = self.names[atom] = f"a{len(self.names)}"
            self.lines.append(f"{name} = {text}")
        return self.names[atom]

    def computed(self, atom: Atom) -> str:
        match atom:
            case Quotient():
                return f"{self.number(atom.numerator)} // {self.number(atom.divisor)}"
            case Extremum():
                return f"{'max' if atom.is_maximum else 'min'}({', '.join(map(self.number, atom.operands))})"
            case Where():
                return f"{self.number(atom.chosen)} if {self.condition(atom.condition)} else {self.number(atom.otherwise)}"
            case Operation():
                name = self.functions.setdefault(atom.name, f"f{len(self.functions)}")
                return f"{name}({', '.join(map(self.number, atom.operands))})"
        raise KeyError(atom)  # a symbol that has no value

    def condition(self, condition: bool | Condition) -> str:
        match condition:
            case Comparison(op, left, right):
                return f"({self.number(left)} {op} {self.number(right)})"
            case And(conditions):
                return f"({' and '.join(map(self.condition, conditions))})"
            case Or(conditions):
                return f"({' or '.join(map(self.condition, conditions))})"
            case Not(inner):
                return f"(not {self.condition(inner)})"
        return repr(condition)


def compiled(conditions: Sequence[bool | Condition], symbols: Sequence[Symbol]) -> Callable[..., bool]:
    """A function of the symbols' values that tells whether all conditions hold.

    It computes parts that a choice would not need, and so may raise ArithmeticError or ValueError where `evaluate_condition` does not.
    Raises KeyError for conditions on other symbols.
    """
    writer = _Writer(symbols)
    for condition in conditions:
        text = writer.condition(condition)
        writer.lines.append(f"if not {text}: return False")
    parameters = ", ".join(f"v{place}" for place in range(len(symbols)))
    body = "\n ".join([*writer.lines, "return True"])
    scope = {short: FUNCTIONS[name] for name, short in writer.functions.items()}
    exec(f"def holds({parameters}):\n {body}", scope)  # noqa: S102  # text of our own, made of sizes alone
    return scope["holds"]
