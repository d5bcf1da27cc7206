"""Expressions as their author would write them: `(H - 1) // 2`, `9*C*C + 2*C`, `H % 2`.

No spaces around `*`, spaces around `+`, `-` and `//`, no parentheses but needed ones. The normal form takes quotients
apart (`(H - 3) // 2` is held as `(H + 1) // 2 - 2`); of the ways to write it back, the shortest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cnnlint.dims.atoms import Atom, Extremum, Operation, Quotient, Symbol, Where
from cnnlint.dims.terms import ONE, Monomial, Terms, monomial_product, scaled, term_sum, with_constant
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.dims.atoms import Number

_SUM, _QUOTIENT, _PRODUCT, _UNARY, _POWER, _WHOLE = range(6)  # how tightly a text binds
_OPERATORS: Final = {  # the text between, how tightly it binds, and how tightly its sides must
    "+": (" + ", _SUM, _SUM, _QUOTIENT),
    "-": (" - ", _SUM, _SUM, _QUOTIENT),
    "*": ("*", _PRODUCT, _PRODUCT, _POWER),
    "/": (" / ", _QUOTIENT, _PRODUCT, _UNARY),
    "//": (" // ", _QUOTIENT, _PRODUCT, _UNARY),
    "%": (" % ", _QUOTIENT, _PRODUCT, _UNARY),
    "**": ("**", _POWER, _WHOLE, _UNARY),
}
_LONGEST_POWER: Final = 3  # H*H*H, but H**4
_MOST_TERMS_MERGED: Final = 12


@value
class Text:
    """The text of an expression, and how tightly its loosest operator binds."""

    text: str
    binding: int

    def within(self, least: int) -> str:
        """The text, in parentheses if it binds less tightly than its place asks."""
        return self.text if self.binding >= least else f"({self.text})"


def expression_text(terms: Terms, constant: int) -> Text:
    """The sum of the terms and the constant, in the shortest way of writing it."""
    terms = with_constant(terms, constant)
    plain = _sum_text(terms)
    ways = [plain, *_merged_texts(terms)] if len(terms) <= _MOST_TERMS_MERGED else [plain]
    return min(ways, key=lambda way: (len(way.text), way is not plain, way.text))


def number_text(x: Number) -> Text:
    """A number or an expression."""
    if isinstance(x, (int, float)):
        return Text(repr(x), _UNARY if x < 0 else _WHOLE)
    return x.text


def _sum_text(terms: Terms, more: tuple[tuple[Text, int], ...] = ()) -> Text:
    """The terms as they are held, and `more` summands with their coefficients: higher degree first, then by name."""
    summands = [(-_degree(monomial), _monomial_text(monomial), factor) for monomial, factor in terms.items() if monomial]
    summands += [(-1, text, factor) for text, factor in more]
    summands.sort(key=lambda summand: (summand[0], summand[1].text.casefold(), summand[1].text, summand[2]))
    signed = [(_product(abs(factor), text), factor < 0) for _, text, factor in summands]
    constant = terms.get(ONE, 0)
    if constant or not signed:
        signed.append((Text(str(abs(constant)), _WHOLE), constant < 0))
    first = next((place for place, (_, is_negative) in enumerate(signed) if not is_negative), 0)
    signed.insert(0, signed.pop(first))
    text, is_negative = signed[0]
    if is_negative:
        text = Text(f"-{text.within(_PRODUCT)}", min(_UNARY, max(text.binding, _PRODUCT)))
    if len(signed) == 1:
        return text
    return Text(text.text + "".join(f" {'-' if minus else '+'} {part.text}" for part, minus in signed[1:]), _SUM)


def _product(factor: int, text: Text) -> Text:
    return text if factor == 1 else Text(f"{factor}*{text.within(_PRODUCT)}", _PRODUCT)


def _monomial_text(monomial: Monomial) -> Text:
    factors: list[Text] = []
    for atom, power in monomial:
        text = _atom_text(atom)
        if power <= _LONGEST_POWER:
            factors += [text] * power
        else:
            factors.append(Text(f"{text.within(_WHOLE)}**{power}", _POWER))
    if len(factors) == 1:
        return factors[0]
    factors.sort(key=lambda factor: (factor.binding < _POWER, factor.text.casefold(), factor.text))
    return Text("*".join(factor.within(_POWER) for factor in factors), _PRODUCT)


def _atom_text(atom: Atom) -> Text:
    match atom:
        case Symbol():
            return Text(atom.name, _WHOLE)
        case Quotient():
            return _infix("//", number_text(atom.numerator), number_text(atom.divisor))
        case Extremum():
            numbers = sorted(x for x in atom.operands if isinstance(x, int))
            texts = sorted((number_text(x).text for x in atom.operands if not isinstance(x, int)), key=str.casefold)
            return Text(f"{'max' if atom.is_maximum else 'min'}({', '.join([*texts, *map(str, numbers)])})", _WHOLE)
        case Where():
            chosen, otherwise = number_text(atom.chosen).text, number_text(atom.otherwise).text
            return Text(f"({chosen} if {atom.condition} else {otherwise})", _WHOLE)
        case Operation(name="negative"):
            return Text(f"-{number_text(atom.operands[0]).within(_PRODUCT)}", _UNARY)
        case Operation() if atom.name in _OPERATORS:
            return _infix(atom.name, *map(number_text, atom.operands))
        case Operation():
            return Text(f"{atom.name.removeprefix('math.')}({', '.join(number_text(x).text for x in atom.operands)})", _WHOLE)
        case _:
            raise TypeError(f"no text for the atom {type(atom).__name__}")


def _infix(operator: str, left: Text, right: Text) -> Text:
    between, binding, least_left, least_right = _OPERATORS[operator]
    return Text(left.within(least_left) + between + right.within(least_right), binding)


def _degree(monomial: Monomial) -> int:
    return sum(power for _, power in monomial)


def _merged_texts(terms: Terms) -> Iterator[Text]:
    """Other ways of writing a sum that holds a quotient: all of it as one quotient, or with a remainder `x % n`."""
    quotients = [
        (atom, monomial, factor)
        for monomial, factor in terms.items()
        for atom, power in monomial
        if isinstance(atom, Quotient) and power == 1
    ]
    for quotient, monomial, factor in quotients:
        numerator, divisor = _number_terms(quotient.numerator), _number_terms(quotient.divisor)
        rest = {other: coefficient for other, coefficient in terms.items() if other != monomial}
        if len(monomial) == 1 and isinstance(quotient.divisor, int):
            n = quotient.divisor
            if abs(factor) == 1 and all(other in numerator for other in rest if other):
                # -(x // n) is (-x + n - 1) // n
                inside = numerator if factor == 1 else term_sum(scaled(numerator, -1), {ONE: n - 1})
                inside = term_sum(inside, scaled(rest, n)) if rest else inside
                yield _infix("//", _sum_text(inside), Text(str(n), _WHOLE))
            times, left = divmod(-factor, n)
        elif len(divisor) == 1 and monomial == monomial_product(next(iter(divisor)), frozenset(((quotient, 1),))):
            times, left = divmod(-factor, next(iter(divisor.values())))
        else:
            continue
        if times and not left:
            remainder = _infix("%", number_text(quotient.numerator), number_text(quotient.divisor))
            yield _sum_text(term_sum(rest, scaled(numerator, -times)), ((remainder, times),))


def _number_terms(x: Number) -> Terms:
    if isinstance(x, (int, float)):
        return {ONE: int(x)} if x else {}
    return with_constant(x.terms, x.constant)
