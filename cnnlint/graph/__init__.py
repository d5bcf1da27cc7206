"""What rules, the summary and the editor see of an analysed file: models, their layers and layer calls, and proven failures."""

from cnnlint.graph.model import (
    BlockCall,
    Budget,
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
)

__all__ = [
    "BlockCall",
    "Budget",
    "FileAnalysis",
    "Layer",
    "LayerCall",
    "Model",
    "Note",
    "Occurrence",
    "Place",
    "StateEntry",
    "UnknownPart",
    "WindowCall",
]
