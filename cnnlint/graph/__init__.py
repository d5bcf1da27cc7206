"""What rules, the summary and the editor see of an analysed file: models, their layers and layer calls, and proven failures."""

from cnnlint.graph.input_sizes import InputSizes
from cnnlint.graph.model import (
    BUDGET_KEYS,
    BlockCall,
    Budget,
    Declared,
    FileAnalysis,
    Layer,
    LayerCall,
    Model,
    Note,
    Occurrence,
    Place,
    StateEntry,
    UnknownPart,
    WindowCall,
    budget_of,
)

__all__ = [
    "BUDGET_KEYS",
    "BlockCall",
    "Budget",
    "Declared",
    "FileAnalysis",
    "InputSizes",
    "Layer",
    "LayerCall",
    "Model",
    "Note",
    "Occurrence",
    "Place",
    "StateEntry",
    "UnknownPart",
    "WindowCall",
    "budget_of",
]
