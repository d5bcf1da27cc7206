"""Models of the pure standard library: small programs give what Python gives."""

from __future__ import annotations

import pytest

from tests.unit.differential import executed, interpreted, same

PROGRAMS = [
    """
import functools
@functools.singledispatch
def f(x): return "object"
@f.register(int)
def _(x): return "int"
@f.register(list)
def g(x): return "list"
@functools.lru_cache(maxsize=2)
def h(x): return x
h.cache_clear()
result = f("a"), f(3), f([1]), f(True), g([]), h(2), isinstance({}.keys(), __import__("collections").abc.KeysView) if False else 1
""",
    """
import math
from math import prod
result = (math.ceil(2.1), math.floor(-2.1), math.sqrt(16), math.log2(8), math.prod([2, 3, 4]), prod((2, 3), start=2), math.pi,
    math.gcd(12, 18),
    math.log(8, 2), math.pow(2, 3), math.isqrt(17), math.trunc(2.7), math.inf, math.factorial(5), math.comb(5, 2), math.exp(0),
    math.fabs(-2),
    math.hypot(3, 4), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -2), math.ceil(5), math.isnan(math.nan), math.fsum([0.1] * 3),
    math.lcm(4, 6))
""",
    """
import math
try: math.sqrt(-1)
except ValueError: result = "value"
""",
    """
import functools
from functools import partial, reduce, wraps
def f(a, b, c=3, *, d=4): return a, b, c, d
p = partial(f, 1, d=9)
q = partial(p, 2)
def deco(fn):
    @wraps(fn)
    def inner(*a, **k): return "x", fn(*a, **k)
    return inner
@deco
def g(x):
    "doc"
    return x + 1
@functools.lru_cache(maxsize=None)
def h(x): return x * 2
@functools.lru_cache
def h2(x): return x * 3
@functools.cache
def h3(x): return x * 4
result = (p(2), q(), q(c=7), p.args, p.keywords, p.func is f, reduce(lambda a, b: a * b, [1, 2, 3]), reduce(lambda a, b: a + b, [],
    5), g(1), g.__name__, g.__doc__, h(2), h2(2), h3(2), isinstance(p, partial), callable(p))
""",
    """
import functools
class A:
    count = 0
    @functools.cached_property
    def big(self):
        A.count += 1
        return [1]
    def f(self, x, y): return x, y
    g = functools.partialmethod(f, 1)
    h = functools.partialmethod(f, y=2)
@functools.total_ordering
class B:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
a = A()
a.big.append(2)
result = (a.big, A.count, a.g(5), a.h(3), B(1) <= B(1), B(2) > B(1), B(2) >= B(3), B(1) < B(2), B(1) <= B(0), max([B(1), B(3)]).v,
    B(1) > B(1))
""",
    """
import itertools as it
result = (list(it.chain([1], "a", (2,))), list(it.chain.from_iterable([[1], [2, 3]])), list(it.islice(it.count(5), 3)),
    list(it.islice(it.cycle("ab"), 5)),
    list(it.repeat(1, 3)), list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=2)), list(it.combinations([1, 2, 3], 2)),
    list(it.permutations([1, 2, 3], 2)), list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b)),
    list(it.accumulate([1], initial=5)), list(it.zip_longest([1, 2], "a", fillvalue=0)), list(it.starmap(pow, [(2, 3), (3, 2)])),
    list(it.takewhile(lambda x: x < 3, it.count())), list(it.dropwhile(lambda x: x < 2, [1, 2, 1])), [(k, list(g)) for k,
    g in it.groupby("aabb")],
    [list(x) for x in it.tee([1, 2])], list(it.pairwise([1, 2, 3])), list(it.filterfalse(None, [0, 1])), list(it.compress("abc", [1,
    0, 1])),
    list(zip(it.count(1), "ab")), list(zip(it.repeat(0), [1, 2])), list(it.islice("abcdef", 1, 5, 2)), next(it.count(3)),
    list(it.combinations_with_replacement("ab", 2)),
    list(it.islice(it.chain([1], it.repeat(2)), 3)), [k for k, _ in it.groupby([1, 1, 2], key=lambda v: v % 2)])
""",
    """
from collections import OrderedDict, defaultdict, namedtuple, deque, Counter, ChainMap
import collections.abc
o = OrderedDict([("a", 1), ("b", 2)])
o.move_to_end("a"); o["c"] = 3; o.popitem(last=False)
d = defaultdict(list); d["x"].append(1); d["y"]
n = defaultdict(int); n["k"] += 2
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); r = q.popleft(); q.rotate(1)
c = Counter("abca"); c.update("a"); c["zz"]
m = ChainMap({"a": 1}, {"a": 2, "b": 3}); m["new"] = 1
result = (list(o.items()), isinstance(o, dict), isinstance(o, OrderedDict), dict(d), dict(n), isinstance(d, defaultdict), list(q),
    r, len(q), dict(c),
    c["a"], c["nothing"], c.most_common(1), m["a"], m["b"], m.get("q", 0), sorted(m), "a" in m, isinstance({}, collections.abc.Mapping),
    isinstance([], collections.abc.Sequence), isinstance("a", collections.abc.Iterable), isinstance(1, collections.abc.Iterable),
    isinstance(len, collections.abc.Callable),
    isinstance((), collections.abc.Sequence), isinstance({1}, collections.abc.Set), o == {"b": 2}, type(o).__name__, isinstance([],
    (collections.abc.Mapping, tuple)), d == {"x": [1], "y": []}, isinstance(5, collections.abc.Hashable))
""",
    """
from collections import namedtuple, OrderedDict
from typing import NamedTuple
P = namedtuple("P", ["x", "y"], defaults=[5])
Q = namedtuple("Q", "a b")
class R(NamedTuple):
    h: int
    w: int = 2
    def area(self): return self.h * self.w
class S(namedtuple("S", "u v")):
    @property
    def total(self): return self.u + self.v
p = P(1)
a, b = Q(1, b=2)
r = R(3)
result = (p.x, p.y, p[0], len(p), a, b, tuple(p), p._replace(x=9).x, p._asdict(), P._fields, r.area(), r, isinstance(r, tuple),
    repr(r), S(1, 2).total,
    list(p), p == (1, 5), {**P(1, 2)._asdict()}, Q._make([1, 2]).b, [*r], 3 in r, max(P(1, 2)), r + (1,), r.h, R(w=1, h=4).h, P(1,
    2) == P(1, 2))
""",
    """
class T(OrderedDict if False else dict):
    pass
from collections import OrderedDict, defaultdict, Counter, deque
class Mine(OrderedDict):
    def __init__(self, *a): super().__init__(*a); self["end"] = 1
class D2(defaultdict):
    def __init__(self): super().__init__(list)
d = D2(); d["k"].append(3)
m = Mine([("a", 0)])
result = list(m.items()), d["k"], len(m), isinstance(m, dict), m == {"a": 0, "end": 1}, list(Mine()), dict(m), T(a=1)["a"]
""",
    """
import operator as op
from operator import itemgetter, attrgetter, methodcaller, mul
class A: x = 1
class B: a = A()
result = (op.add(1, 2), mul(2, 3), op.itemgetter(1)([5, 6]), itemgetter("a", "b")({"a": 1, "b": 2}), attrgetter("a.x")(B()),
    methodcaller("upper")("a"),
    op.lt(1, 2), op.is_(None, None), op.not_(1), op.neg(3), op.truediv(1, 2), op.contains([1], 1), op.getitem([1, 2], 1), op.eq(1,
    1), op.and_(6, 3),
    op.iadd([1], [2]), op.truth([]), op.floordiv(7, 2), op.concat([1], [2]), sorted([(1, "b"), (0, "c")], key=itemgetter(1)),
    op.abs(-2), op.mod(7, 4), op.pow(2, 3), op.index(3))
""",
    """
import copy
class N:
    def __init__(self): self.items = [1]; self.other = self
    def __eq__(self, o): return True
class H:
    def __init__(self, v): self.v = v
    def __deepcopy__(self, memo): return H(self.v + 1)
    def __copy__(self): return H(self.v + 10)
shared = [1]
x = {"a": shared, "b": shared, "t": (shared, 2)}
y = copy.deepcopy(x); y["a"].append(2)
z = copy.copy(x); z["a"].append(3); z["new"] = 1
n = N(); m = copy.deepcopy(n); m.items.append(2)
s = copy.copy(n); s.items.append(9); s.extra = 1
class L(list): pass
l = L([[1]]); l2 = copy.deepcopy(l); l2[0].append(2); l2.append(3)
result = (y, x, sorted(z), y["a"] is y["b"], y["t"][0] is y["a"], n.items, m.items, m.other is m, m is n, s.items is n.items,
    hasattr(n, "extra"),
    copy.deepcopy(H(1)).v, copy.copy(H(1)).v, copy.deepcopy([H(1)])[0].v, l, l2, copy.deepcopy(5), copy.deepcopy(len) is len,
    copy.copy([1]), type(l2) is L)
""",
    """
from typing import *
import typing
T = TypeVar("T")
class A(Generic[T]):
    x: int = 1
    def f(self, v: Optional[List[int]] = None) -> "A": return self
class Pr(Protocol):
    def m(self): ...
class Td(TypedDict, total=False):
    a: int
class HasM:
    def m(self): return 1
K = Union[int, str]
@overload
def g(x: int) -> int: ...
def g(x): return x
@final
class F: pass
N = NewType("N", int)
result = (A().x, cast(int, 5), TYPE_CHECKING, isinstance(1, K), isinstance([], K), Td(a=1), g(3), N(4), isinstance([1], List),
    isinstance((1,), Sequence) if False else 1,
    isinstance({}, Dict), A[int]().x, isinstance(None, Optional[int]), isinstance("s", Union[int, str]), get_args(Union[int,
    str]) == (int, str), isinstance({}, typing.Mapping), Callable is not None, Any is Any)
""",
    """
from dataclasses import dataclass, field, replace, asdict, astuple, fields, is_dataclass, InitVar
from typing import ClassVar, List, Optional
import dataclasses
@dataclass
class A:
    x: int
    y: int = 2
    z: List[int] = field(default_factory=list)
    kind: ClassVar[str] = "k"
    hidden: int = field(default=7, init=False, repr=False)
    def area(self): return self.x * self.y
@dataclass
class B(A):
    w: int = 4
    def __post_init__(self): self.sum = self.x + self.w
@dataclass(frozen=True, order=True)
class C:
    a: int
    b: str = "q"
@dataclasses.dataclass(kw_only=True)
class D:
    p: int
    q: int = 1
@dataclass
class E:
    n: int
    scale: InitVar[int] = 2
    m: int = field(init=False)
    def __post_init__(self, scale): self.m = self.n * scale
@dataclass
class O:
    inner: C
    l: list = field(default_factory=lambda: [1])
a = A(1); a.z.append(3)
try:
    C(1).a = 5; frozen = False
except dataclasses.FrozenInstanceError: frozen = True
except AttributeError: frozen = "attr"
result = (a.x, a.y, a.z, A(1).z, a.area(), a.kind, a.hidden, repr(a), A(1) == A(1), A(1) == A(2), B(1, w=5).sum, B(1, 2, [], 9).w,
    replace(a, y=8).y,
    asdict(A(1)), astuple(C(1)), [f.name for f in fields(A)], is_dataclass(a), is_dataclass(3), C(1) < C(2), C(1) == C(1, "q"),
    frozen, D(p=3).q, E(3).m, E(3, 5).m,
    asdict(O(C(1))), repr(B(1)), O(C(1)).l, A.y, hasattr(A, "z"), isinstance(B(1), A), str(C(2)), A.__match_args__,
    fields(a)[1].default, sorted([C(2), C(1)])[0].a)
""",
    """
from dataclasses import dataclass
@dataclass
class A:
    x: int
A()
""",
    """
from dataclasses import dataclass
@dataclass
class A:
    x: int
A(1, y=2)
""",
    """
from dataclasses import dataclass
@dataclass
class A:
    x: list = []
result = A().x
""",
    """
from enum import Enum, IntEnum, Flag, auto, unique
from dataclasses import dataclass
class Color(Enum):
    RED = 1
    GREEN = "g"
    ALIAS = 1
    def hello(self): return self.name.lower()
    @property
    def twice(self): return self.value * 2
    @classmethod
    def default(cls): return cls.GREEN
class N(IntEnum):
    A = 1
    B = auto()
    C = auto()
class M(str, Enum):
    X = "x"
    Y = "y"
class Planet(Enum):
    EARTH = (1.0, 2.0)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
class W(Flag):
    R = auto()
    G = auto()
@dataclass
class Info:
    url: str
class Weights(Enum):
    V1 = Info("u1")
    V2 = Info("u2")
    DEFAULT = V2
    @property
    def url(self): return self.value.url
    @classmethod
    def verify(cls, obj): return cls[obj] if isinstance(obj, str) else obj
class Miss(Enum):
    A = 1
    @classmethod
    def _missing_(cls, value): return cls.A
try: Color(99)
except ValueError: bad = True
result = (Color.RED.value, Color.RED.name, Color("g") is Color.GREEN, Color["RED"] is Color.RED, [c.name for c in Color],
    len(Color), Color.ALIAS is Color.RED,
    str(Color.RED), repr(Color.RED), f"{Color.RED}", Color.RED.hello(), Color.RED.twice, Color.default().name,
    Color.RED == Color.RED, Color.RED == 1, Color.RED != Color.GREEN,
    N.B + 1, N.C == 3, N.A < N.B, [1, 2, 3][N.A], M.X == "x", M("y").name, M.X.upper(), Planet.EARTH.mass, list(Color.__members__),
    isinstance(Color.RED, Color),
    (W.R | W.G).value, W.R in (W.R | W.G), W.G.value, Weights.V1.url, Weights.DEFAULT is Weights.V2, Weights.DEFAULT.url,
    Weights.verify("V1").name, bad,
    Miss("?").name, {Color.RED: 1}[Color.RED], Color.RED in [Color.RED], Color.RED in Color, isinstance(N.A, int), int(N.B),
    bool(W.R & W.G), hash(Color.RED) == hash(Color.RED) if False else 1,
    Enum("Made", "P Q").Q.value, type(Color.RED) is Color, isinstance(M.X, str), "x" in {"x": 1}, range(N.C) == range(3),
    Color.RED is Color(1), max(N).name, sorted(N)[0].name)
""",
    """
from abc import ABC, abstractmethod, ABCMeta
import abc
class A(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
class B(A):
    def f(self): return 1
    @property
    def p(self): return 2
class C(metaclass=ABCMeta):
    pass
result = B().f(), B().p, issubclass(B, A), isinstance(B(), ABC), C().__class__.__name__
""",
    """
import re
m = re.match(r"(\\w+)_(?P<n>\\d+)", "conv_12 rest")
p = re.compile("[a-z]+")
result = (m.group(1), m.group("n"), m.groups(), m.groupdict(), m.start(2), m.end(), m.span(1), m[0], re.sub(r"\\d", "#", "a1b2"),
    re.findall("[ab]", "cabd"), re.split(",\\\\s*", "a, b,c"),
    p.findall("ab1cd"), p.search("1x").group(), re.match("x", "y"), bool(re.fullmatch("a+", "aaa")), re.sub("(a)(b)", r"\\2\\1",
    "abab"), re.sub("a", lambda m: m.group().upper(), "banana"),
    re.sub("a", "x", "aaa", count=2), re.search("B", "abc", re.I).group(), [x.group() for x in re.finditer("a.", "abac")],
    re.escape("a.b"), p.pattern, re.findall(r"(\\w)=(\\d)", "a=1 b=2"),
    re.compile("A", re.IGNORECASE).match("a") is not None, re.split("-", "a-b-c", maxsplit=1), re.match(p, "abc").group(),
    p.sub("_", "ab1", 1))
""",
    """
from types import SimpleNamespace, MethodType
import types, string, numbers, contextlib, inspect
from contextlib import contextmanager, nullcontext, suppress, ExitStack
n = SimpleNamespace(a=1, b=2); n.c = 3
class A: pass
def m(self, x): return x + 1
a = A(); a.m = MethodType(m, a)
@contextmanager
def cm(x):
    yield x * 2
with cm(4) as v: pass
with nullcontext(5) as w: pass
with nullcontext(): pass
with suppress(ValueError): pass
with ExitStack() as stack: e = stack.enter_context(nullcontext(7))
def f(a, b=2, *args, c, d=4, **kw): pass
s = inspect.signature(f)
class K:
    def __init__(self, in_channels, stride=1): pass
ctx = nullcontext() if True else cm(1)
result = (n.a, n.c, vars(n), n == SimpleNamespace(a=1, b=2, c=3), repr(SimpleNamespace(x=1)), a.m(1), v, w, e,
    string.ascii_lowercase[:3], string.digits,
    isinstance(1, numbers.Number), isinstance(1.0, numbers.Integral), isinstance(2, numbers.Integral), isinstance("a",
    numbers.Number), isinstance(True, numbers.Real),
    list(s.parameters), s.parameters["b"].default, s.parameters["a"].default is inspect.Parameter.empty,
    [int(p.kind) for p in s.parameters.values()],
    list(inspect.signature(K).parameters), "stride" in inspect.signature(K).parameters, inspect.isfunction(f), inspect.isclass(A),
    inspect.ismethod(a.m), inspect.isclass(1),
    inspect.getfullargspec(f).args, isinstance(f, types.FunctionType), isinstance(lambda: 1, types.LambdaType), isinstance(a.m,
    types.MethodType), isinstance(math, types.ModuleType) if False else 1)
""",
    """
import os.path
from os import path
import os
result = os.path.join("a", "b"), path.basename("a/b.py"), os.path.splitext("x.pth"), os.path.dirname("a/b")
""",
    """
import collections.abc
class Seq(collections.abc.Sequence):
    def __init__(self, *v): self.v = v
    def __getitem__(self, i): return self.v[i]
    def __len__(self): return len(self.v)
class Map(collections.abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = Map(); m["a"] = 1; m.update(b=2); p = m.pop("a"); s = m.setdefault("c", 5)
result = (list(Seq(1, 2)), 2 in Seq(1, 2), len(Seq()), isinstance(Seq(), collections.abc.Iterable), isinstance(m,
    collections.abc.Mapping), list(m.items()), p, s, m.get("zz"), "b" in m, list(m.keys()), {**m})
""",
    """
import weakref, importlib, argparse, builtins
class A: x = 1
a = A()
ns = argparse.Namespace(depth=3, name="n")
result = weakref.ref(a)().x, weakref.proxy(a).x, importlib.import_module("math").floor(2.5), ns.depth, vars(ns), builtins.len("ab")
""",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_program(text: str) -> None:
    found, expected = interpreted(text), executed(text)
    if isinstance(found, tuple) and isinstance(expected, tuple):
        assert [(i, a, b) for i, (a, b) in enumerate(zip(found, expected, strict=True)) if not same(a, b)] == []
    assert same(found, expected), (found, expected)
