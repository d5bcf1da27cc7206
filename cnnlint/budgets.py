"""The keys of budgets."""

from __future__ import annotations

COUNT, BYTES, PERCENT = "count", "bytes", "percent"

BUDGET_UNITS = {
    "params": COUNT,
    "trainable-params": COUNT,
    "macs": COUNT,
    "activation-memory": BYTES,
    "layer-memory": BYTES,
    "model-size": BYTES,
    "layer-share": PERCENT,
}
"""What a budget may limit, and in what it is measured; percentages are held in hundredths of a percent."""

BUDGET_KEYS = tuple(BUDGET_UNITS)
DTYPE_KEYS = ("weights", "activations")
"""What a budget may say besides: the dtypes in which bytes are counted."""
