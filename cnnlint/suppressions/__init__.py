"""Comments that silence findings: `# cnnlint: ignore[CNN201] reason`, `# cnnlint: file-ignore[...]`, `# noqa: CNN201`."""

from cnnlint.suppressions.adding import ignoring_edits
from cnnlint.suppressions.applying import Applied, applied
from cnnlint.suppressions.comments import Suppression, SuppressionItem, suppressions_in

__all__ = ["Applied", "Suppression", "SuppressionItem", "applied", "ignoring_edits", "suppressions_in"]
