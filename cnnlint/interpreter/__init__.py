"""The abstract interpreter: runs the program under inspection on shapes instead of tensors."""

from cnnlint.interpreter.analyser import Analyser, Target

__all__ = ["Analyser", "Target"]
