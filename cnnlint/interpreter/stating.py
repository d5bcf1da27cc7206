"""What comments beside definitions state of a model: its input, its output and its budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cnnlint.budgets import BUDGET_KEYS, BUDGET_UNITS, DTYPE_KEYS
from cnnlint.dtypes import STORED_AS
from cnnlint.errors import nearest
from cnnlint.graph import Budget, Declared, Limit, Note, Place
from cnnlint.source import (
    Directive,
    SourceText,
    StatedError,
    StatedInput,
    StatedLimit,
    directives,
    ir,
    parse_budget,
    parse_dims,
    parse_inputs,
    parse_outputs,
    parse_percentage,
    parse_quantity,
    parse_rules,
)
from cnnlint.values import ClassValue


def known_budget(text: str, source: str = "") -> Budget:
    """The budget that the text between the brackets of `budget(...)` states; `source` says where that stands.

    Raises StatedError if it can't be read.
    """
    limits: dict[str, Limit] = {}
    dtypes: dict[str, str] = {}
    known = (*BUDGET_KEYS, *DTYPE_KEYS)
    for stated in parse_budget(text):
        if stated.name in DTYPE_KEYS:
            dtypes[stated.name] = dtype_stated(stated)
        elif stated.name in BUDGET_KEYS:
            read = parse_percentage if BUDGET_UNITS[stated.name] == "percent" else parse_quantity
            limits[stated.name] = Limit(read(stated.text), source)
        else:
            way_out = nearest(stated.name, known) or f"; there are {', '.join(f'`{key}`' for key in known)}"
            raise StatedError(f"a budget has no `{stated.name}`{way_out}")
    return Budget(limits, dtypes.get("weights"), dtypes.get("activations"))


def dtype_stated(stated: StatedLimit) -> str:
    if stated.text not in STORED_AS:
        raise StatedError(f"`{stated.name}` must be one of {', '.join(STORED_AS)}, not `{stated.text}`{nearest(stated.text, STORED_AS)}")
    return stated.text


VERBS: dict[str, Callable[[str], object]] = {
    "input": parse_inputs,
    "output": parse_outputs,
    "budget": known_budget,
    "shape": parse_dims,  # of assignments, see `assuming`
    "ignore": parse_rules,  # these two are the engine's; here it is only seen whether they can be read
    "file-ignore": parse_rules,
}


def problem_of(directive: Directive) -> str | None:
    """Why a directive cannot be used; None for a good one."""
    if directive.problem is not None:
        return directive.problem
    parse = VERBS.get(directive.verb)
    if parse is None:
        way_out = nearest(directive.verb, VERBS) or f"; there are {', '.join(f'`{verb}`' for verb in VERBS)}"
        return f"`{directive.verb}` is no directive{way_out}"
    try:
        parse(directive.arguments or "")
    except StatedError as error:
        return str(error)
    return None


class Statements:
    """The directives of one file, found by the line of a definition or assignment, or alone on the line above it."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.found: dict[tuple[int, str], Directive] = {}
        malformed = []
        for directive in directives(source):
            problem = problem_of(directive)
            if problem is None:
                self.found.setdefault((directive.line, directive.verb), directive)
            else:
                span = ir.Span(directive.line, directive.column, directive.line, directive.column + 1)
                malformed.append(Note(Place(source.path, span), problem))
        self.malformed = tuple(malformed)

    def inputs(self, node: ir.Node, cls: ClassValue | None) -> Sequence[StatedInput]:
        """The stated inputs of a model that `node` builds or defines, or of its class."""
        for directive in self.beside(node, cls, "input"):
            return parse_inputs(directive.arguments or "")
        return ()

    def budget(self, node: ir.Node, cls: ClassValue | None) -> Budget | None:
        for directive in self.beside(node, cls, "budget"):
            return known_budget(directive.arguments or "", self.source.shown(directive.line))
        return None

    def declared(self, node: ir.Node, cls: ClassValue | None) -> Declared | None:
        """What a directive says must come out of a model."""
        for directive in self.beside(node, cls, "output"):
            return Declared(parse_outputs(directive.arguments or ""), self.source.shown(directive.line))
        return None

    def beside(self, node: ir.Node, cls: ClassValue | None, verb: str) -> list[Directive]:
        nodes: list[ir.Node] = [node]
        if cls is not None and cls.definition is not None and cls.definition is not node:
            nodes.append(cls.definition)
        return [directive for at in nodes if (directive := self.at(at, verb)) is not None]

    def at(self, node: ir.Node, verb: str) -> Directive | None:
        """The directive on the first line of a node (the header, for a definition), or alone above it and its decorators."""
        first = node.span.line
        last = node.name_span.line if isinstance(node, (ir.ClassDefinition, ir.FunctionDefinition)) else node.span.end_line
        if isinstance(node, (ir.ClassDefinition, ir.FunctionDefinition)) and node.body:
            last = max(last, node.body[0].span.line - 1)
        for line in range(first, last + 1):
            if (line, verb) in self.found and not (line > first and self.found[(line, verb)].alone):
                return self.found[(line, verb)]
        if isinstance(node, (ir.ClassDefinition, ir.FunctionDefinition)) and node.decorators:
            for line in range(node.decorators[0].span.line, first):
                if (line, verb) in self.found:
                    return self.found[(line, verb)]
            first = node.decorators[0].span.line
        line = first - 1
        while (line, verb) not in self.found and any(at == line and directive.alone for (at, _), directive in self.found.items()):
            line -= 1
        above = self.found.get((line, verb))
        return above if above is not None and above.alone else None
