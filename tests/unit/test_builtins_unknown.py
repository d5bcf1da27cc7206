"""Built-in functions and models of the standard library on sizes, undecided and unknown values."""

from __future__ import annotations

import pytest

from cnnlint.dims import Condition, Shape, equal, symbol
from cnnlint.values import Choice, ListValue, Tensor, Unknown, Value
from tests.unit.differential import interpreted, machine

H, W = symbol("H"), symbol("W")


def found(text: str, **given: Value) -> Value:
    """What `result` is, with the unknowns `u` and the sizes H and W given."""
    on = machine()
    return interpreted(f"result = {text}" if "result" not in text else text, {"H": H, "W": W, "u": on.unknown("u"), **given}, on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int(H / 2)", H // 2),
        ("int(H)", H),
        ("round(H)", H),
        ("abs(H)", H),
        ("sum([H, W, 1])", H + W + 1),
        ("sum(x for x in (H, H))", 2 * H),
        ("divmod(H, 2)[0]", H // 2),
        ("max(H, 1)", H),
        ("min([H, H + 1])", H),
        ("__import__('math')", None),
        ("pow(H, 2)", H * H),
        ("len((H, W))", 2),
        ("list(zip([H], [W]))[0][1]", W),
        ("sorted([2 * H, H])[0]", H),
        ("[H, W].index(H)", 0),
        ("dict(a=H)['a']", H),
        ("{'a': H}.get('a')", H),
        ("max([(1, H), (2, W)])[1]", W),
    ],
)
def test_size(text: str, expected: Value) -> None:
    result = found(text)
    assert expected is None or (type(result) is type(expected) and equal(result, expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math.ceil(H / 2)", -(-H // 2)),
        ("math.floor(H / 4)", H // 4),
        ("math.prod([H, W])", H * W),
        ("math.prod((2, 3))", 6),
        ("functools.reduce(operator.mul, [H, 2], 1)", 2 * H),
        ("copy.deepcopy([H])[0]", H),
        ("list(itertools.accumulate([H, 1]))[1]", H + 1),
    ],
)
def test_size_in_the_standard_library(text: str, expected: Value) -> None:
    assert equal(found(f"import math, functools, operator, copy, itertools\nresult = {text}"), expected)


@pytest.mark.parametrize(
    "text",
    [
        "range(H)",
        "list(range(u))",
        "len(u)",
        "int(u)",
        "str(H)",
        "f'{H}'",
        "isinstance(u, int)",
        "isinstance(1, u)",
        "getattr(u, 'x')",
        "getattr(u, 'x', 5)",
        "hasattr(u, 'x')",
        "sorted([H, W])",
        "min([1, u])",
        "sum([1, u])",
        "any([0, u])",
        "all([1, u])",
        "len({H, W})",
        "len(set([H, 3]))",
        "{1: 2}[u]",
        "{1: 2}.get(u)",
        "{1: 2, 3: 4}.get(H)",
        "[u for u in u]",
        "' '.join(['a', u])",
        "'{}'.format(u)",
        "dict(u)",
        "next(iter(u))",
        "list(map(u, [1]))[0]",
        "round(u)",
        "id(1)",
        "hash('a')",
        "eval('1')",
        "open('x').read()",
        "input()",
        "list(range(10**9))",
        "'a'.ljust(10**9)",
        "len('ab'.center(10**9))",
        "'ab'.replace('', 'x' * 900000)",
        "f'{1:1000000000}'",
        "'{:99999999}'.format(1)",
        "int('1' * 100000)",
        "vars()",
        "H == W",
    ],
)
def test_unknown(text: str) -> None:
    result = found(text)
    assert isinstance(result, (Unknown, Condition)) or (isinstance(result, str) and result.startswith("unknown")) or is_unknown_list(result)


def is_unknown_list(value: Value) -> bool:
    return isinstance(getattr(value, "contents", None), Unknown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("any([u, 1])", True),
        ("all([u, 0])", False),
        ("isinstance(H, int)", True),
        ("isinstance(H, (list, tuple))", False),
        ("isinstance(H / 2, float)", True),
        ("len([u, u])", 2),
        ("[u, 2][1]", 2),
        ("{'a': u, 'b': 2}['b']", 2),
        ("{'a': 2}.get('a', u)", 2),
        ("getattr([], 'zz', 3)", 3),
        ("hasattr([u], 'append')", True),
        ("list(zip([u], [2]))[0][1]", 2),
        ("list(enumerate([u]))[0][0]", 0),
        ("callable(len)", True),
        ("max([], default=4)", 4),
        ("next(iter([3, u]))", 3),
        ("tuple([1, u])[0]", 1),
        ("all(H >= 1 for _ in range(2))", True),
        ("len({2 * H, 2 * H + 1})", 2),
        ("dict(a=u, b=1)['b']", 1),
        ("[1, u].pop(0)", 1),
    ],
)
def test_known_all_the_same(text: str, expected: Value) -> None:
    assert found(text) is expected or found(text) == expected


def test_list_methods_keep_what_is_unknown() -> None:
    text = """
x = []
x.append(u); x.insert(0, 1); x.extend([2, u])
y = [1]
y.extend(u)
z = [1, 2]
z.pop(u)
result = len(x), x[0], x[2]
"""
    assert found(text) == (4, 1, 2)


def test_a_choice_goes_through_functions() -> None:
    text = """
if u: a = "relu"
else: a = "gelu"
result = a.upper(), {"relu": 1, "gelu": 2}[a], {"relu": 1}.get(a, 9), isinstance(a, str), getattr([], a, 5), len(a), str(a)
"""
    result = found(text)
    assert [sorted(option.value for option in part.alternatives) if isinstance(part, Choice) else part for part in result] == [
        ["GELU", "RELU"],
        [1, 2],
        [1, 9],
        True,
        5,
        4,
        ["gelu", "relu"],
    ]


def test_an_attribute_that_only_some_way_sets() -> None:
    text = """
class A: pass
a = A()
d = {}
if u:
    a.x = 1
    d["k"] = 1
result = [getattr(a, "x", 2), hasattr(a, "x"), d.get("k", 2), len(d), d.setdefault("k", 3)]
"""
    result = found(text)
    assert sorted(option.value for option in result[0].alternatives) == [1, 2]
    assert sorted(option.value for option in result[2].alternatives) == [1, 2]
    assert sorted(option.value for option in result[4].alternatives) == [1, 3]
    assert result[1].startswith("unknown")
    assert result[3].startswith("unknown")


def test_conditions_are_joined() -> None:
    assert isinstance(found("any(s > 5 for s in (H, W))"), Condition)
    assert isinstance(found("bool(H - 3)"), Condition)
    assert not isinstance(found("sum([H > 3, W > 3])"), Unknown)


def test_a_tensor_has_a_length_and_is_no_int() -> None:
    x = Tensor(Shape((4, H)))
    assert found("len(x)", x=x) == 4
    assert isinstance(found("[r for r in x]", x=x), (list, ListValue, Unknown, str))


def test_deep_copies_of_unknown_parts() -> None:
    assert found("import copy\nx = [u, [1]]\ny = copy.deepcopy(x)\ny[1].append(2)\nresult = x[1], y[1]") == ([1], [1, 2])


@pytest.mark.parametrize(
    "text",
    [
        "import os\nresult = os.environ['X']",
        "import os\nresult = os.environ.get('X')",
        "import os\nresult = os.getenv('X')",
        "import sys\nresult = sys.argv[1]",
        "import random\nresult = random.randint(1, 2)",
        "import time\nresult = time.time()",
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--x', default=1)\nresult = p.parse_args().x",
        "import json\nresult = json.loads('1')",
        "from pathlib import Path\nresult = Path('a') / 'b'",
        "from datetime import datetime\nresult = datetime.now()",
        "import logging\nlog = logging.getLogger('x')\nlog.info('a')\nresult = log",
        "import re\nresult = re.match('(a+)+$', 'a' * 30 + 'b')",
        "import re\nresult = re.match(u, 'a')",
        "import math\nresult = math.factorial(10**7)",
        "import itertools\nresult = list(itertools.product(range(1000), repeat=4))",
        "import itertools\nresult = list(itertools.count())",
        "import heapq\nx = [2, 1]\nheapq.heapify(x)\nresult = x",
        "import bisect\nresult = bisect.bisect([1], 1)",
    ],
)
def test_environment_and_effects(text: str) -> None:
    result = found(text)
    assert isinstance(result, Unknown) or is_unknown_list(result) or (isinstance(result, str) and result.startswith("unknown"))


@pytest.mark.parametrize("text", ["os.environ.get('X', '1')", "os.getenv('X', '1')", "os.getenv('X', default='1')"])
def test_an_environment_variable_with_a_stated_default_counts_as_not_set(text: str) -> None:
    assert found(f"import os\nresult = {text}") == "1"


def test_no_environment_variable_counts_as_set() -> None:
    assert found("import os\nresult = 'X' in os.environ, 'X' not in os.environ") == (False, True)


def test_loggers_leave_what_they_are_given() -> None:
    text = "import logging, warnings\nx = [1]\nlogging.info('%s', x)\nwarnings.warn(x)\nprint(x)\nresult = x"
    assert found(text) == [1]


def test_shuffling_loses_the_order() -> None:
    assert is_unknown_list(found("import random\nx = [1, 2]\nrandom.shuffle(x)\nresult = x"))


def test_old_places_of_names() -> None:
    text = """
try:
    from collections import Mapping
except ImportError:
    from collections.abc import Mapping
try:
    import tomllib_that_is_missing
except ImportError:
    pass
result = isinstance({}, Mapping)
"""
    assert found(text) is True


def test_protocols_and_registration() -> None:
    text = """
from abc import ABC
from typing import Protocol
class A(ABC): pass
class B: pass
A.register(B)
result = isinstance(B(), A), isinstance(A(), A)
"""
    result = found(text)
    assert str(result[0]).startswith("unknown")
    assert result[1] is True


def test_text_and_attributes_of_a_choice() -> None:
    text = """
class A: pass
a = A()
b = "x" if u else "y"
if u: a.f = abs
result = f"layer_{b}{1}", a.f(-2)
"""
    name, value = found(text)
    assert sorted(option.value for option in name.alternatives) == ["layer_x1", "layer_y1"]
    assert value == 2


@pytest.mark.parametrize(
    "text",
    [
        "','.join(['a', p])",
        "getattr([], p)",
        "hasattr([], p)",
        "issubclass(p, int)",
        "isinstance(p, str)",
        "isinstance(3, p)",
        "len(p)",
        "list(p)",
        "callable(p)",
        "{'a': 1}.get(p)",
        "{'a': 1}[p]",
        "p in ('a', 'b')",
        "sorted(p)",
        "p.upper()",
        "E[p]",
        "E(p)",
        "p in E",
        "str(p)",
    ],
)
def test_nothing_is_sure_of_a_parameter_that_nobody_gives(text: str) -> None:
    program = f"from enum import Enum\nclass E(Enum):\n    A = 'a'\nresult = {text}"
    result = found(program, p=symbol("p", None, "parameter"))
    assert isinstance(result, Unknown) or is_unknown_list(result) or str(result).startswith("unknown")


@pytest.mark.parametrize("text", ["{(1, H): 2}.get((1, 3))", "{H: 1}[W]", "(1, H) in {(1, W): 1}", "3 in {H: 1}", "{1: 2}.pop(H)"])
def test_sizes_as_keys(text: str) -> None:
    assert str(found(text)).startswith("unknown")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("{H: 1}[H]", 1), ("{(1, H): 2}[1, H]", 2), ("'a' in {H: 1}", False), ("H in {'a': 1}", False), ("2 * H in {2 * H + 1: 1}", False)],
)
def test_sizes_as_keys_that_are_known(text: str, expected: Value) -> None:
    assert found(text) == expected


def test_what_nobody_knows_which_it_is_may_be_any_that_changes() -> None:
    changed = found("kept = {'a': [], 'b': []}\nkept[u].append(1)\nresult = kept['a']")
    assert isinstance(changed, ListValue) and isinstance(changed.contents, Unknown)
    read = found("kept = {'a': [1], 'b': [2]}\nlength = len(kept[u])\nresult = kept['a'][0]")
    assert read == 1
