"""What each construct becomes; spans have a test of their own."""

import ast
import pathlib
import warnings

import pytest

from cnnlint.source import NotAnalysed, decode, ir, lower


def statements(text: str) -> tuple[ir.Statement, ...]:
    return lower(decode(text.encode(), "a.py")).body


def value(text: str) -> ir.Expression:
    (statement,) = statements(text)
    assert isinstance(statement, ir.ExpressionStatement)
    return statement.value


def function(text: str) -> ir.FunctionDefinition:
    (statement,) = statements(text)
    assert isinstance(statement, ir.FunctionDefinition)
    return statement


@pytest.mark.parametrize("path", sorted((pathlib.Path(__file__).parent / "constructs").glob("*.txt")), ids=lambda path: path.stem)
def test_only_what_must_be_is_not_modelled(path: pathlib.Path) -> None:
    found = repr(lower(decode(path.read_bytes(), path.name)))
    assert ("NotModelled" in found) == (path.stem == "newest")


@pytest.mark.parametrize(
    "text",
    [
        *("1_000", "0xFF", "0o17", "0b101", "1.5e-3", "1_0.0_1", ".5", "3j", "1_0J", "00"),
        *("'a'", '"""a\nb"""', "'a' \"b\" '''c'''", "u'a'", "b'a' b'b'", "None", "True", "..."),
        r"'\x41\101\n\t\\\'\N{EM DASH}\u00e9\U0001F600\
z'",
        *(r"r'\n\''", r"b'\x41\101\u0041\d'", r"rb'\x41'", r"'\d\8'"),
    ],
)
def test_constants_have_python_values(text: str) -> None:
    found = value(text)
    assert isinstance(found, ir.Constant)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = ast.literal_eval(text)
    assert found.value == expected
    assert type(found.value) is type(expected)


def test_f_strings() -> None:
    match value("'{{' f'a{{{b}}}' f'{c!r:>{w}}{ d = }'"):
        case ir.JoinedString(
            parts=(
                ir.Constant(value="{{"),
                ir.Constant(value="a{"),
                ir.Formatted(value=ir.Name(id="b"), conversion="", format=None),
                ir.Constant(value="}"),
                ir.Formatted(
                    value=ir.Name(id="c"),
                    conversion="r",
                    format=ir.JoinedString(parts=(ir.Constant(value=">"), ir.Formatted(value=ir.Name(id="w")))),
                ),
                ir.Constant(value=" d = "),
                ir.Formatted(value=ir.Name(id="d"), conversion="r", format=None),
            ),
            is_template=False,
        ):
            pass
        case other:
            pytest.fail(repr(other))


def test_chains() -> None:
    match value("a and b and (c and d)"):
        case ir.Boolean(op="and", operands=(ir.Name(id="a"), ir.Name(id="b"), ir.Boolean())):
            pass
        case other:
            pytest.fail(repr(other))
    match value("a < b not  in c is not d"):
        case ir.Compare(ops=("<", "not in", "is not"), rights=(_, _, _)):
            pass
        case other:
            pytest.fail(repr(other))


def test_a_large_number_is_not_modelled() -> None:
    assert isinstance(value("9" * 5000), ir.NotModelled | ir.Constant)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a, /, b, *c, d, **e): pass", "a b c d e"),
        ("def f():\n    global g\n    g = a = 1", "a"),
        ("def f():\n    nonlocal n\n    for n, i in x: pass", "i"),
        ("def f():\n    (a, [b, *c]), d.e, g[h] = x", "a b c"),
        ("def f():\n    [(w := i) for i in x if (v := i)]", "v w"),
        ("def f(): return lambda q: (z := q)", ""),
        ("def f():\n    import a.b, c.d as e\n    from m import g, h as k", "a e g k"),
        ("def f():\n    def g(): inner = 1\n    class A: attribute = 1", "g A"),
        ("def f():\n    with a as b, c as (d, e): pass", "b d e"),
        ("def f():\n    try: pass\n    except E as e: pass", "e"),
        ("def f():\n    match x:\n        case [a, *b, {'k': c, **d}] | A(e=g) as h: pass", "a b c d g h"),
        ("def f():\n    del a\n    b += 1\n    c: int", "a b c"),
        ("def f(a=(b := 1)): pass", "a"),
    ],
)
def test_locals(text: str, names: str) -> None:
    assert function(text).locals == set(names.split())


def test_locals_of_comprehensions_and_lambdas() -> None:
    match value("lambda a, *b: [c for c, d in a for e in d]"):
        case ir.Lambda(locals=outer, body=ir.Comprehension(locals=inner)):
            assert (sorted(outer), sorted(inner)) == (["a", "b"], ["c", "d", "e"])
        case other:
            pytest.fail(repr(other))


@pytest.mark.parametrize(
    ("body", "expected"),
    [("yield", True), ("x = yield from y", True), ("return lambda: (yield)", False), ("def g(): yield", False), ("pass", False)],
)
def test_generators(body: str, expected: bool) -> None:
    assert function(f"def f():\n    {body}").is_generator is expected


def test_definitions() -> None:
    found = function("@a\n@b(1)\nasync def f(x: int = 1) -> y:\n    'doc' 'string'\n    return x\n")
    assert found.span == (3, 0, 5, 12)
    assert found.name_span == (3, 10, 3, 11)
    assert [decorator.span for decorator in found.decorators] == [(1, 1, 1, 2), (2, 1, 2, 5)]
    assert (found.doc, found.is_async) == ("docstring", True)


def test_type_parameters_and_aliases_bind_their_names() -> None:
    parameters, definition, alias = statements("def f[T, *Ts, **P](a: T): pass\ntype X[Q] = list[Q]\n")
    assert isinstance(parameters, ir.NotModelled)
    assert parameters.bound == {"T", "Ts", "P"}
    assert isinstance(definition, ir.FunctionDefinition)
    assert isinstance(alias, ir.Assign)
    assert isinstance(alias.value, ir.NotModelled)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("x = 1\ny = (1,\nz = 3\n", 2, 4, "`(` is never closed"),
        ("print 'a'\n", 1, 6, "invalid syntax"),
        ("if x:\npass\n", 2, 0, "expected an indented block"),
        ("x = 1\n  y = 2\n", 2, 2, "unexpected indent"),
        ("x = 'abc\n", 1, 4, "unterminated string literal"),
        ("x = 1\nx = 0777\n", 2, None, "leading zeros in decimal integer literals are not permitted"),
    ],
)
def test_syntax_errors(text: str, line: int, column: int | None, reason: str) -> None:
    with pytest.raises(NotAnalysed) as caught:
        statements(text)
    error = caught.value
    assert error.kind == "syntax-error"
    assert error.line == line
    assert column is None or error.column == column
    assert error.reason.startswith(reason)


def test_python_that_libcst_refuses_is_no_syntax_error() -> None:
    with pytest.raises(NotAnalysed) as caught:
        statements("(x): int = 3\n")
    assert caught.value.kind == "not-analysed"
