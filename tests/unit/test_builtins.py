"""Built-in functions and methods: small programs give what Python gives."""

from __future__ import annotations

import pytest

from tests.unit.differential import executed, interpreted, same

EXPRESSIONS = """
len([1, 2]), len("abc"), len({1: 2}), len(range(7)), len((1,)), len({1, 2, 2})
list(range(5)), list(range(2, 9, 3)), list(range(5, 0, -2)), range(3) == range(0, 3), range(10)[2:5]
list(enumerate("ab")), list(enumerate("ab", 1)), list(enumerate(["x"], start=3))
list(zip([1, 2, 3], "ab")), list(zip()), dict(zip("ab", [1, 2])), list(zip(*[(1, 2), (3, 4)]))
list(map(lambda x: x * 2, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(map(str, [1, None]))
list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3]))
sorted([3, 1, 2]), sorted("hello"), sorted([3, 1, 2], reverse=True), sorted([(1, "b"), (0, "c")], key=lambda p: p[1])
sorted({"b": 1, "a": 2}), sorted([(1, "b"), (1, "a")]), sorted(["aa", "b"], key=len, reverse=True)
list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed(range(3))), list(reversed((1, 2)))
min(3, 1, 2), max([3, 1, 2]), min("b", "a"), max([], default=0), max((1, 2), (1, 3)), min([-3, 2], key=abs), max(1, 2.0)
max("ab", key=ord)
sum([1, 2, 3]), sum([0.5, 1]), sum([[1], [2]], []), sum(range(4)), sum([True, True]), sum((1, 2), 10), sum([1], start=5)
any([0, 1]), any([]), all([1, 0]), all([]), any(x > 2 for x in [1, 3]), all(x > 2 for x in [1, 3])
abs(-3), abs(2.5), abs(-1 + 0j), round(2.5), round(3.5), round(2.567, 2), round(1234, -2), round(-0.5), round(True)
int("12"), int(3.9), int(-3.9), int(True), int("ff", 16), int("0x1f", 0), int(), int("  7 "), int(b"5")
float("1.5"), float(2), float("inf"), float(), bool([]), bool("x"), bool(), bool(0.0), complex(1, 2), float(" 3 ")
str(12), str(None), str([1, "a"]), str((1,)), str({"a": [1]}), str(1.0), str(True), str("x"), str(), str({1, 2})
repr("a"), repr([1, "a"]), repr(None), repr((1, "x")), repr({"k": (1, 2)}), repr(1e20), repr(b"x")
divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 5), pow(2, -1), pow(3, 4, 5)
chr(97), ord("a"), bin(5), hex(255), oct(8), ascii("é")
isinstance(1, int), isinstance(True, int), isinstance(1, float), isinstance("a", (int, str)), isinstance([], list)
isinstance(None, type(None))
isinstance((), tuple), isinstance({}, dict), isinstance(int, type), isinstance(1, object), isinstance(1, (list, (str, int)))
isinstance([], (tuple, list))
issubclass(bool, int), issubclass(int, (str, object)), issubclass(ValueError, Exception), issubclass(list, tuple)
isinstance(1, int | str), isinstance([], int | str), isinstance(None, int | None), isinstance(len, type(len))
callable(len), callable(3), callable(lambda: 1), callable(int), callable("x".upper), callable(None)
hasattr([], "append"), hasattr([], "nothing"), hasattr(1, "real"), hasattr("x", "upper"), hasattr({}, "items"), hasattr(None, "x")
hasattr((), "append")
getattr([], "nothing", 5), getattr("abc", "upper")(), getattr(3, "real"), getattr({}, "x", None)
type(1), type("a"), type([]), type(None), type(1.0), type((1,)), type({}), type(True), type(int), type(range(2)), type(set())
type(1) is int, type([]) == list, type(1).__name__, type("").__name__, int.__name__
next(iter([1, 2])), next(iter([]), "end"), list(iter((1, 2))), next(x for x in [1, 2] if x > 1)
tuple([1, 2]), tuple("ab"), tuple(), list("ab"), list((1, 2)), list({"a": 1}), list(), set([1, 1]), frozenset([1]), set("aab")
dict(), dict(a=1), dict([("a", 1)]), dict({"a": 1}, b=2), dict(zip("ab", range(2))), dict([["x", 1]])
slice(1, 2).start, slice(3).stop, [1, 2, 3][slice(0, 2)], slice(1, 5, 2).step
"a,b".split(","), "abc".upper(), " x ".strip(), "a-b".replace("-", "_"), "abc".startswith(("a", "b")), "abc".find("c"), "a b c".split()
"abc"[1], "abc"[::-1], "abc" * 2, "x".join(["a", "b"]), "-".join("abc"), ", ".join(str(i) for i in range(3)), "abc".index("b")
"aXbX".count("X")
"{} {}".format(1, "a"), "{0}{1}{0}".format("a", "b"), "{name}".format(name="x"), "{:>5}".format("ab"), "{:.2f}".format(3.14159)
"{{}}".format(1)
"{:03d}".format(7), "{!r}".format("a"), "{:,}".format(1234567), "%d %s" % (1, "a"), "%.2f" % 1.5, "%s" % "x"
"abc".isdigit(), "12".isdigit(), "a.b.c".rsplit(".", 1), "a.b".partition("."), "Abc".lower(), "abc".title(), "ab".encode(), b"ab".decode()
"abc".ljust(5, "."), "7".zfill(3), "abc".endswith("c"), "a\\nb".splitlines(), "abc".removeprefix("a"), "abc".removesuffix("c")
"abcabc".rfind("b")
(1, 2, 1).count(1), (1, 2).index(2), (1, 2) + (3,), (1, 2) * 2, 2 in (1, 2), (3).bit_length(), (1.5).is_integer(), (5).real
(2.5).as_integer_ratio()
range(5).index(3), range(0, 10, 2).count(4), range(5).start, range(5).stop, range(5).step, 3 in range(5)
f"{1}", f"{1.5:.1f}", f"{'a'!r}", f"{[1, 2]}", f"{'a':>3}", f"{3:04d}", f"{None}", f"{1 + 1}={2}", f"{(1,)}", f"{True}", f"{'x'!s:>3}"
str.upper("a"), str.join(",", ["a", "b"]), list(map(str.strip, [" a "])), dict.fromkeys("ab"), dict.fromkeys([1], 0)
int.from_bytes(b"\\x01", "big")
list(map(len, ["a", "bb"])), sorted(["B", "a"], key=str.lower), max(["a", "bb"], key=len), list(map(int, "123"))
[1, 2] == [1, 2], [1] == (1,), {"a": 1} == {"a": 1}, {1, 2} == {2, 1}, (1, 2) < (1, 3), [1] < [2], {1} < {1, 2}
{1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1}.union([2], [3]), {1, 2}.intersection([2]), {1}.issubset({1, 2})
{1}.isdisjoint([2])
{"a": 1} | {"b": 2}, {**{"a": 1}, "b": 2}, {"a": 1}.keys() == {"a"}, "a" in {"a": 1}.keys(), list({"a": 1}.items())
{"a": 1}.keys() & {"a", "b"}
{"a": 1}.get("a"), {"a": 1}.get("b"), {"a": 1}.get("b", 2), len({"a": 1}.items()), sorted({"b": 1, "a": 2}.items())
sum({"a": 1, "b": 2}.values())
(1, 2)[0], (1, 2, 3)[-1], (1, 2, 3)[:2], [1, 2, 3][1:], [*range(3)], [1, 2] + [3], [0] * 3, 2 * [1]
hash(3) == hash(3), Ellipsis is ..., NotImplemented is NotImplemented, __debug__, __name__
isinstance(ValueError("x"), Exception), ValueError("x").args, str(ValueError("x")), str(KeyError("k")), repr(ValueError("a", 1))
str(Exception())
[x for x in [[1, 2], [3]] for x in x], {x: x * 2 for x in range(2)}, {x % 2 for x in range(4)}, list(x for x in "ab")
list(zip(*[iter([1, 2, 3, 4])] * 2)), list(zip([1], [2], strict=True)), [*zip("a", "b")], dict(enumerate("ab"))
object.__init__(object()), int.__add__(1, 2), (1).__add__(2), [1].__len__(), [1, 2].__contains__(2), "a".__eq__("a")
(5).__rsub__(7), {"a": 1}.__getitem__("a")
isinstance({}.keys(), list), isinstance({}.values(), list), type({}.keys()).__name__
"".join(reversed("abc")), " ".join(map(str, [1, 2])), "a{}".format, 1
"""
RAISING = """
len(5)
int("x")
int([])
float("x")
[].pop()
[1].remove(2)
[1].index(5)
{}["a"]
{}.pop("a")
{}.popitem()
set().pop()
{1}.remove(2)
next(iter([]))
min([])
max()
sum(["a"])
"a" + 1
1 / 0
divmod(1, 0)
(1, 2)[5]
[1][3]
"abc".index("z")
range(1.5)
range(1, 2, 0)
dict([1])
dict([(1, 2, 3)])
list(5)
zip(1)
sorted([1, "a"])
isinstance(1, 2)
getattr([], "nothing")
list(zip([1], [], strict=True))
reversed(iter([1]))
{[1]: 2}
{[1]}
set([[1]])
" ".join([1])
"{x}".format(y=1)
"{} {}".format(1)
chr(-1)
ord("ab")
None.x
None[0]
iter(5)
issubclass(1, int)
raise_it()
"""
PROGRAMS = [
    """
x = [3, 1]
x.append(2); x.extend((5, 4)); x.insert(0, 9); x.sort(); y = x.pop(); z = x.pop(0); x.reverse()
c = x.copy(); c.clear(); x += [7]; x[0:1] = [8, 8]; del x[-1]
result = x, y, z, c, x.count(8), x.index(3)
""",
    """
x = [(2, "a"), (1, "b"), (1, "a")]
x.sort(key=lambda p: p[0]); y = list(x); x.sort(key=lambda p: p[1], reverse=True)
result = x, y
""",
    """
d = {"a": 1}
d.update(b=2); d.update({"c": 3}, e=5); d.update([("f", 6)]); p = d.pop("a"); q = d.pop("zz", None)
s = d.setdefault("g", []); s.append(1); i = d.popitem(); k = d.keys(); v = d.values(); d["new"] = 0
c = d.copy(); c.clear(); del d["b"]
result = d, p, q, i, list(k), list(v), c, len(d), "new" in k, {**d}, next(iter(d)), list(reversed(d))
""",
    """
s = {1, 2}
s.add(3); s.discard(9); s.remove(1); s.update([4, 5]); s.difference_update({5}); t = s.copy(); t.clear()
s |= {8}; s -= {2}
result = s, t, 3 in s, sorted(s), s.issuperset({3}), frozenset(s) == s
""",
    """
class A:
    x = 1
    def __init__(self): self.y = 2
    def __len__(self): return 7
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
    def __call__(self): return 5
    def __str__(self): return "an A"
    def __bool__(self): return False
    def __abs__(self): return 3
    def __int__(self): return 4
    def __round__(self, n=None): return n
    def __contains__(self, v): return v == 3
a = A()
setattr(a, "z", 3); h = hasattr(a, "z"); delattr(a, "z")
result = (len(a), list(a), a(), str(a), f"{a}", bool(a), abs(a), int(a), round(a), round(a, 2), 3 in a, getattr(a, "y"), h, hasattr(a, "z"),
    getattr(a, "z", "no"), vars(a), a.__dict__, callable(a), isinstance(a, A), type(a) is A, type(a).__name__, A.__name__,
    a.__class__.__name__,
    hasattr(A, "x"), getattr(A, "x"), max(a), sum(a), [*a], tuple(a), sorted(a, reverse=True), a == a, a != a, not a)
""",
    """
class Base:
    def __init__(self, x=1, **kw): self.x = x; self.kw = kw
    def f(self): return "base"
    @property
    def p(self): return self.x * 2
    @p.setter
    def p(self, v): self.x = v
    @classmethod
    def make(cls, *a): return cls(*a)
    @staticmethod
    def s(v): return v + 1
class Sub(Base):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        super(Sub, self).__init__(*a, **k)
        self.p = 5
    def f(self): return "sub " + super().f() + super(Sub, self).f()
class Plain(object):
    def __init__(self): super().__init__()
    def __setattr__(self, n, v): super().__setattr__(n, v if n == "raw" else [v])
b = Sub.make(3)
q = Plain(); q.a = 1; q.raw = 2; object.__setattr__(q, "c", 3)
result = b.x, b.p, b.f(), Sub.s(1), b.s(2), b.kw, issubclass(Sub, Base), Sub.mro()[1].__name__, q.a, q.raw, q.c, isinstance(b, (int, Base))
""",
    """
class L(list):
    def total(self): return sum(self)
    def append(self, x): super().append(x * 2)
class D(dict):
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n)
    def __setitem__(self, k, v): super().__setitem__(k, v); self.last = k if False else None
class I(int):
    def double(self): return self * 2
class Own(list):
    def __init__(self, n): super().__init__(range(n)); self.n = n
class S(str): pass
l = L([1, 2]); l.append(3)
d = D(a=1); d["b"] = 2
o = Own(3)
result = (l, l.total(), len(l), l[0], isinstance(l, list), d.a, d.b, getattr(d, "zz", 9), list(d), "a" in d, d.get("a"),
    I(4).double(), I(5) + 1,
    o, o.n, S("x").upper(), S("x") + "y", sorted(l), max(l), [*l], {**d}, bool(L()), I(3) == 3, d == {"a": 1, "b": 2})
""",
    """
class E(Exception):
    def __init__(self, code, text="t"):
        super().__init__(text); self.code = code
try:
    raise E(5)
except E as e:
    result = e.code, e.args, str(e), isinstance(e, Exception)
""",
    """
try:
    raise ValueError("a") from None
except (KeyError, ValueError) as error:
    result = str(error), error.args, type(error).__name__
""",
    """
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
def gen(n):
    for i in range(n): yield i
g = gen(4)
result = (list(It(3)), next(It(2)), sum(It(4)), next(g), next(g), list(g), next(g, None), list(zip(gen(2), It(5))),
    list(map(lambda x: x + 1, gen(2))))
""",
    """
class Meta(type):
    def __new__(mcs, name, bases, namespace):
        return super().__new__(mcs, name, bases, namespace)
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.extra = 1
        return made
class M(metaclass=Meta):
    def __init__(self, x): self.x = x
result = M(4).x, M(4).extra
""",
    """
class Single:
    one = None
    def __new__(cls, *args):
        if cls.one is None: cls.one = super().__new__(cls)
        return cls.one
    def __init__(self, v): self.v = v
a = Single(1); b = Single(2)
T = type("T", (object,), {"x": 5})
result = a is b, a.v, T().x, T.__name__
""",
    """
class C:
    def __init__(self): self.__dict__.update({"a": 1, "b": 2}); self.__dict__["c"] = 3
    def __getattr__(self, name):
        if name == "magic": return 42
        raise AttributeError(name)
c = C()
vars(c)["d"] = 4
result = c.a, c.c, c.d, c.magic, hasattr(c, "no"), getattr(c, "no", 0), sorted(vars(c)), list(c.__dict__.items())
""",
    """
class P:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return 1
    def __repr__(self): return f"P({self.v!r})"
    def __format__(self, spec): return "fmt" + spec
    def __add__(self, o): return P(self.v + (o.v if isinstance(o, P) else o))
    __radd__ = __add__
    def __reversed__(self): return iter([2, 1])
x = [P(3), P(1)]
result = ([p.v for p in sorted(x)], min(x).v, max(x).v, P(1) in x, x.index(P(1)), x.count(P(3)), sum(x).v, f"{x[0]}", f"{x[0]:a}",
    str(x), repr(x[0]), list(reversed(P(1))), sum(x, P(0)).v)
""",
    """
def f(*args, **kwargs): return args, kwargs
m = [1, 2].append
items = {"b": 2, "a": 1}
pairs = sorted(items.items(), key=lambda kv: kv[1])
first, *rest = pairs
result = (f(*[1, 2], **{"k": 3}), pairs, first, rest, [k for k, v in items.items() if v > 1], {v: k for k, v in items.items()},
    list(items.values())[0])
""",
    """
cfg = dict(a=[1, 2], b=dict(c=3))
groups = {}
for i in range(6): groups.setdefault(i % 2, []).append(i)
result = cfg["b"]["c"], groups, [len(v) for v in groups.values()], sum(map(len, groups.values())), any("a" in k for k in cfg)
""",
    """
def counter():
    global total
    total = globals().get("total", 0) + 1
counter(); counter()
result = total
""",
    """
keys = {"a": 1, "b": 2}.keys()
result = keys == {"a", "b"}, keys - {"a"}, keys | {"c"}, set(keys), sorted(keys), len(keys), {"a"} <= set(keys), set("ab") == keys
""",
]


def split_expressions() -> list[str]:
    return [line for line in EXPRESSIONS.strip().splitlines() if not line.startswith('"".join(reversed')]


@pytest.mark.parametrize("text", split_expressions())
def test_expression(text: str) -> None:
    program = f"result = [{text}]"
    found, expected = interpreted(program), executed(program)
    assert isinstance(found, list)
    assert isinstance(expected, list)
    for i, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
        assert same(ours, theirs), f"item {i}"


@pytest.mark.parametrize("text", RAISING.strip().splitlines())
def test_raises(text: str) -> None:
    expected = executed(f"result = {text}")
    assert str(expected).startswith("raises")
    assert interpreted(f"result = {text}") == expected


@pytest.mark.parametrize("text", PROGRAMS)
def test_program(text: str) -> None:
    found, expected = interpreted(text), executed(text)
    assert same(found, expected), (found, expected)
