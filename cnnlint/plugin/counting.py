"""How often the work of one example is done."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.dims import Dim, Expression, product, substitute, symbol, symbols

SPATIAL = ("D", "H", "W", "L")
BATCH = symbol("batch")


def per_example(sizes: Sequence[Dim], batch: Expression = BATCH) -> Dim:
    """The product of sizes; a symbolic batch counts 1, so what is merged into it counts: 12 of `12 * batch`.

    A lone symbol in front that is no spatial size is the batch by another name. 1 if some size is not known.
    """
    first = sizes[0].symbol if sizes and isinstance(sizes[0], Expression) else None
    is_batch = first is not None and first.name not in SPATIAL and not any(mentions(size, batch) for size in sizes)
    count = product(sizes[1:]) if is_batch else substitute(product(sizes), {batch: 1})
    return 1 if isinstance(count, Expression) and any(found.kind == "unknown" for found in symbols(count)) else count


def mentions(size: Dim, batch: Expression) -> bool:
    return isinstance(size, Expression) and batch.symbol in symbols(size)
