"""The abstract interpreter: runs the program under inspection on shapes instead of tensors."""

from cnnlint.interpreter.analyser import Analyser, BuildingFails, Proposed, Target
from cnnlint.interpreter.explanations import Asked, Explained
from cnnlint.interpreter.known import InputDefaults, KnownModel, names_of
from cnnlint.interpreter.refitting import Proposal

__all__ = ["Analyser", "Asked", "BuildingFails", "Explained", "InputDefaults", "KnownModel", "Proposal", "Proposed", "Target", "names_of"]
