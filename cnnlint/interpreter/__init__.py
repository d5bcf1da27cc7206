"""The abstract interpreter: runs the program under inspection on shapes instead of tensors."""

from cnnlint.interpreter.analyser import Analyser, BuildingFails, Target
from cnnlint.interpreter.known import KnownModel, names_of

__all__ = ["Analyser", "BuildingFails", "KnownModel", "Target", "names_of"]
