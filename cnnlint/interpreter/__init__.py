"""The abstract interpreter: runs the program under inspection on shapes instead of tensors."""

from cnnlint.interpreter.analyser import Analyser, Target
from cnnlint.interpreter.known import KnownModel, names_of

__all__ = ["Analyser", "KnownModel", "Target", "names_of"]
