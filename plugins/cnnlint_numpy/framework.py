"""The framework itself: its import root, its array class, and where its names are re-exported. It has no modules.

Source: https://numpy.org/doc/stable/reference/
"""

from __future__ import annotations

from cnnlint.plugin import Framework

numpy = Framework(
    "numpy",
    ("numpy",),
    package="cnnlint_numpy",
    module="no modules",
    tensor="ndarray",
    parameter="no parameters",
    reexports={"core.": "", "_core.": "", "lib.": "", "matrixlib.": ""},
)
