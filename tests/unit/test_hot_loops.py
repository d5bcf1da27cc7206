"""Long loops over plain values give what Python gives, whatever they meet on the way."""

from __future__ import annotations

import pytest

from cnnlint.interpreter.machine import OutOfBudget
from cnnlint.values import Unknown
from tests.unit import differential

PROGRAMS = {
    "position table": """
def table(n):
    points = [(a, b) for a in range(n) for b in range(n)]
    offsets, indexes = {}, []
    for p in points:
        for q in points:
            offset = (abs(p[0] - q[0]), abs(p[1] - q[1]))
            if offset not in offsets:
                offsets[offset] = len(offsets)
            indexes.append(offsets[offset])
    return offsets, indexes, p, q, offset
first, second = table(12), table(12)
result = first, second, first[0] is second[0]
""",
    "break, continue and else": """
def search(items, wanted):
    seen = []
    for i, item in enumerate(items):
        if item % 3 == 0: continue
        seen.append((i, item))
        if item == wanted: break
    else:
        seen.append("nothing")
    return seen, item
result = search(range(100), 50), search(range(100), 51)
""",
    "while": """
a, b, n = 0, 1, 0
while b < 10 ** 15:
    a, b = b, a + b
    n += 1
result = a, b, n
""",
    "large numbers": """
x = 1
for i in range(200): x = x + x
result = x
""",
    "shared lists": """
a = []
b = a
c = a
for i in range(100):
    a.append(i)
    b.append(-i)
    c = a if i % 2 else b
result = a, b, c is a, c is b
""",
    "what changes while it is gone through": """
a = [1]
for i in range(50):
    for x in a:
        if len(a) < 60: a.append(x + i)
result = a
""",
    "kinds of numbers are told apart": """
def sums(step):
    made, x = [], 0
    for i in range(40): x += step; made.append(x)
    return made
def kinds(items): return [type(item).__name__ for item in items]
result = sums(1), sums(1.0), kinds(sums(1)), kinds(sums(1.0)), sums(True)
""",
    "an exception": """
def f():
    made = []
    try:
        for i in range(100): made.append(10 // (70 - i))
    except ZeroDivisionError:
        made.append("zero")
    return made, i
result = f()
""",
    "names of builtins": """
def abs(x): return "mine"
made = []
for i in range(40): made.append(abs(-i))
result = made
""",
    "names around": """
K = 3
def f():
    k = 2
    def g():
        made = []
        for i in range(60): made.append(i * K + k)
        return made
    return g()
result = f()
""",
    "global names": """
n = 0
def f():
    global n
    for i in range(60): n += i
f()
result = n
""",
    "what is not plain": """
class A:
    def __init__(self, x): self.x = x
items = [A(i) for i in range(50)]
rows, total = [], 0
for a in items: total += a.x
for i in range(50): rows.append([])
for i in range(50): rows[i].append(i)
result = total, rows, len({id(row) for row in rows})
""",
    "dicts": """
counts = {}
for i in range(200):
    k = i % 7
    if k in counts: counts[k] += 1
    else: counts[k] = 1
total = 0
for k, v in counts.items(): total += k * v
a = [0] * 50
for i in range(50): a[i], a[-1 - i] = i, a[i]
result = counts, total, a
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_long_loop_gives_what_python_gives(name: str) -> None:
    assert differential.interpreted(PROGRAMS[name]) == differential.executed(PROGRAMS[name])


def test_an_equal_table_is_made_once() -> None:
    on = differential.machine()
    before = on.steps
    text = PROGRAMS["position table"].replace("12", "16")
    assert differential.interpreted(text, on=on) == differential.executed(text)
    assert len(on.hot_loops.kept) == 1
    assert before - on.steps < 200_000  # 131,072 pairs of points in all, of more than ten nodes each


@pytest.mark.parametrize("body", ["pass", "x += 1", "x += 1\n    if x < 0: break", "x.append(1)"])
def test_a_loop_without_end_uses_up_the_budget(body: str) -> None:
    on = differential.machine()
    on.steps = 100_000
    with pytest.raises(OutOfBudget):
        differential.interpreted(f"x = {[] if 'append' in body else 0}\nwhile True:\n    {body}\n", on=on)


def test_under_an_unknown_condition_a_loop_may_have_run_or_not() -> None:
    text = "made = [0]\nif flag:\n    for i in range(100): made.append(i)\nresult = len(made), i"
    found = differential.interpreted(text, {"flag": Unknown("a flag")})
    assert found == ("unknown: changed in different ways under a condition that is not known", 99)
