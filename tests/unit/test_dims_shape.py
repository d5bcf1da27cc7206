"""Shapes, broadcasting and reshaping."""

import itertools
import math

import pytest

from cnnlint.dims import (
    CountMismatch,
    Dim,
    Dims,
    NotBroadcastable,
    Shape,
    broadcast,
    differ,
    equal,
    maximum,
    product,
    reshape,
    symbol,
    unknown_size,
)

H, W, B = symbol("H"), symbol("W"), symbol("batch")
IMAGE = Shape((B, 16, H, W))
ANY = Shape((), leading=True)
TRAILING = Shape((64, 5), leading=True)


def test_dims_arithmetic_goes_axis_by_axis() -> None:
    size = Dims((H, 7))
    assert size + 1 == (H + 1, 8) and 1 + size == (H + 1, 8)
    assert size * (2, 3) == (2 * H, 21) and (2, 3) * size == (2 * H, 21)
    assert size - Dims((1, 2)) == (H - 1, 5) and (3, 3) - size == (3 - H, -4) and H - size == (0, H - 7)
    assert size // 2 == (H // 2, 3) and size % 2 == (H % 2, 1) and -size == (-H, -7) and 15 // size == (15 // H, 2)
    assert type(size + 1) is type(H - size) is type(Dims((1, 2)) + size) is Dims
    assert str(size) == "(H, 7)" and str(Dims((H,))) == "(H,)"
    with pytest.raises(ValueError, match="2 axes"):
        size + Dims((1, 2, 3))


def test_dims_of() -> None:
    assert Dims.of(3, 2) == (3, 3) and Dims.of(H, 1) == (H,) and Dims.of([1, H], 2) == (1, H)
    with pytest.raises(ValueError, match="3 sizes for 2 axes"):
        Dims.of((1, 2, 3), 2)
    assert product(()) == 1 and product((2, H, 3)) == 6 * H and product(5) == 5


def test_parts_of_a_shape() -> None:
    assert (IMAGE.rank, len(IMAGE), IMAGE.batch, IMAGE.channels, IMAGE.spatial) == (4, 4, B, 16, (H, W))
    assert tuple(IMAGE) == IMAGE.dims and IMAGE[-1] == W and IMAGE[2:] == (H, W)
    assert IMAGE.numel == 16 * B * H * W
    assert IMAGE.with_(64, IMAGE.spatial // 2) == Shape((B, 64, H // 2, W // 2))
    assert not IMAGE.is_known and Shape((1, 2)).is_known and not ANY.is_known
    assert [str(shape) for shape in (IMAGE, TRAILING, ANY, Shape((5,)), Shape(()))] == [
        "(batch, 16, H, W)",
        "(..., 64, 5)",
        "(...)",
        "(5,)",
        "()",
    ]


def test_axes_before_the_known_ones() -> None:
    assert TRAILING.rank is None and TRAILING[-1] == 5 and TRAILING[-2] == 64 and TRAILING[-1:] == (5,)
    for ask in (len, list, lambda shape: shape[0], lambda shape: shape.batch, lambda shape: shape.spatial, lambda shape: shape[1:]):
        with pytest.raises(ValueError, match="unknown"):
            ask(TRAILING)
    with pytest.raises(IndexError):
        TRAILING[-3]
    assert str(TRAILING.numel) == "?"
    assert TRAILING.replaced(-1, 6) == Shape((64, 6), leading=True)


def test_axes_put_in_and_taken_out() -> None:
    flat = Shape((B, 16, 5, 5)).flattened(1)
    assert flat.factors == {-1: (16, 5, 5)}
    assert flat.inserted(-1, 1) == Shape((B, 400, 1)) and flat.inserted(-1, 1).factors == {-2: (16, 5, 5)}
    assert flat.inserted(0, 1).factors == flat.factors and flat.inserted(1, 1) == Shape((B, 1, 400))
    assert flat.inserted(-1, 1).removed(-1).factors == flat.factors
    assert flat.removed(0).factors == flat.factors and flat.removed(1).factors == {}
    assert flat.replaced(1, 3).factors == {} and flat.replaced(0, 3).factors == flat.factors
    for fails in (lambda: flat.inserted(3, 1), lambda: flat.removed(2), lambda: flat.replaced(-3, 1), lambda: Shape(())[0]):
        with pytest.raises(IndexError):
            fails()


def test_flattening() -> None:
    assert IMAGE.flattened(1) == Shape((B, 16 * H * W))
    assert IMAGE.flattened(2).flattened(1).factors == {-1: (16, H, W)}
    assert IMAGE.flattened(1, 2) == Shape((B, 16 * H, W)) and IMAGE.flattened(1, 2).factors == {-2: (16, H)}
    assert IMAGE.flattened(2, 3).flattened(0, 1).factors == {-2: (B, 16), -1: (H, W)}
    assert IMAGE.flattened(1, 1) == IMAGE and Shape(()).flattened() == Shape((1,))
    assert ANY.flattened(1).rank == 2 and ANY.flattened(0).rank == 1 and TRAILING.flattened(-2) == Shape((320,), leading=True)
    assert ANY.flattened(0, 1) == ANY
    with pytest.raises(ValueError, match="stands behind"):
        IMAGE.flattened(2, 1)
    with pytest.raises(IndexError):
        IMAGE.flattened(4)


def reference_broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | None:
    rank = max(len(a), len(b))
    pairs = zip((1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b, strict=True)
    result = [(y if x == 1 else x) if x == y or 1 in (x, y) else None for x, y in pairs]
    return None if None in result else tuple(x for x in result if x is not None)


def test_broadcast_of_known_shapes_against_a_reference() -> None:
    shapes = [shape for rank in range(4) for shape in itertools.product((0, 1, 2, 3), repeat=rank)]
    for a, b in itertools.product(shapes, shapes):
        expected = reference_broadcast(a, b)
        if expected is None:
            with pytest.raises(NotBroadcastable):
                broadcast(Shape(a), Shape(b))
        else:
            assert broadcast(Shape(a), Shape(b)) == (Shape(expected), [])


def test_broadcast_of_symbols() -> None:
    assert broadcast(IMAGE, Shape((16, 1, 1))) == (IMAGE, [])
    assert broadcast(IMAGE, Shape((16, H, 5))) == (Shape((B, 16, H, 5)), [(W, 5)])
    assert broadcast(Shape((H,)), Shape((W,))) == (Shape((maximum(H, W),)), [(H, W)])
    assert broadcast(Shape((H + 1,)), Shape((W,))) == (Shape((H + 1,)), [(H + 1, W)])
    assert broadcast(Shape((2, 1)), Shape((3,)), Shape((1, 1, 1))) == (Shape((1, 2, 3)), [])
    assert broadcast(Shape((7, 2))) == (Shape((7, 2)), []) and broadcast() == (Shape(()), [])
    for left, right in ((2 * H, 7), (H + 1, H + 2)):
        with pytest.raises(NotBroadcastable) as caught:
            broadcast(Shape((left, 1)), Shape((right, 5)))
        assert (caught.value.axis, caught.value.left, caught.value.right) == (-2, left, right)
    unknown = unknown_size()
    (result,), undecided = broadcast(Shape((unknown,)), Shape((H,)))
    assert not equal(result, H) and undecided == [(unknown, H)]


def test_broadcast_against_unknown_axes() -> None:
    result, undecided = broadcast(TRAILING, Shape((3, H, 64, 1)))
    assert result.leading and result.dims[0] == 3 and str(result.dims[1]) == "?" and result.dims[2:] == (64, 5) and not undecided
    assert broadcast(ANY, ANY) == (ANY, [])
    with pytest.raises(NotBroadcastable):
        broadcast(TRAILING, Shape((4,)))


def test_broadcast_keeps_factors() -> None:
    assert broadcast(IMAGE.flattened(1), Shape((1,)))[0].factors == {-1: (16, H, W)}


def reference_reshape(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...] | None:
    have = math.prod(old)
    if -1 not in new:
        return new if math.prod(new) == have else None
    rest = math.prod(size for size in new if size != -1)
    if rest == 0 or have % rest:
        return None
    return tuple(have // rest if size == -1 else size for size in new)


def test_reshape_of_known_shapes_against_a_reference() -> None:
    old_shapes = [shape for rank in range(4) for shape in itertools.product((0, 1, 2, 3, 4), repeat=rank)]
    new_shapes = [shape for rank in range(4) for shape in itertools.product((-1, 0, 1, 2, 6), repeat=rank) if shape.count(-1) < 2]
    for old, new in itertools.product(old_shapes, new_shapes):
        expected = reference_reshape(old, new)
        if expected is None:
            with pytest.raises(CountMismatch):
                reshape(Shape(old), new)
            continue
        result = reshape(Shape(old), new)
        assert result == Shape(expected)
        for axis, merged in result.factors.items():
            assert product(merged) == result[axis]
            assert any(old[start : start + len(merged)] == merged for start in range(len(old)))


def test_reshape_of_symbols() -> None:
    image = Shape((B, 16, 5, 5))
    for target in ((B, -1), (-1, 400), (B, 400)):
        assert reshape(image, target) == Shape((B, 400))
        assert reshape(image, target).factors == {-1: (16, 5, 5)}
    assert reshape(IMAGE, (B, 16, -1)).factors == {-1: (H, W)}
    assert reshape(IMAGE, (B, 4, 4, H, W)).factors == {}
    assert reshape(IMAGE, (B, 16, H * W)).flattened(1).factors == {-1: (16, H, W)}
    assert reshape(IMAGE, (-1,)).factors == {-1: (B, 16, H, W)}
    assert reshape(IMAGE, (B * 16, -1)).factors == {-2: (B, 16), -1: (H, W)}
    assert reshape(IMAGE, (B, 2, 8, -1)).factors == {-1: (H, W)}
    assert reshape(Shape((B, 512, 1, 1)), (B, -1)).factors == {-1: (512, 1, 1)}
    assert str(reshape(IMAGE, (-1, 400))) == "(batch*H*W // 25, 400)"
    assert reshape(Shape((B, 2 * H)), (-1, 2)) == Shape((B * H, 2))
    assert str(reshape(ANY, (-1, 400))) == "(?, 400)" and reshape(TRAILING, (2, 3)) == Shape((2, 3))


def test_reshape_that_cannot_be() -> None:
    cases: list[tuple[Shape, tuple[Dim, ...], Dim, Dim]] = [
        (Shape((B, 16, 5, 5)), (B, 120), 400 * B, 120 * B),
        (Shape((2, H)), (7, 1), 2 * H, 7),
        (Shape((5, 5)), (3, -1), 25, 3),
        (Shape((1, 2 * H + 1)), (2, -1), 2 * H + 1, 2),
        (Shape((0, 3)), (0, -1), 0, 0),
    ]
    for shape, target, have, want in cases:
        with pytest.raises(CountMismatch) as caught:
            reshape(shape, target)
        assert (caught.value.have, caught.value.want) == (have, want)
    assert not differ(B * 400, H * 120) and reshape(Shape((B, 400)), (H, 120)) == Shape((H, 120))
    for target in ((-1, -1), (-2, 4)):
        with pytest.raises(ValueError, match=r"-1|negative|size"):
            reshape(IMAGE, target)
