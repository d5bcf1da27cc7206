"""What rules, the summary and the editor see of an analysed file: models, their layers and layer calls, and proven failures."""

from cnnlint.graph.input_sizes import InputSizes
from cnnlint.graph.model import (
    Budget,
    FileAnalysis,
    Layer,
    LayerCall,
    Model,
    Note,
    Occurrence,
    Place,
    UnknownPart,
    WindowCall,
)

__all__ = [
    "Budget",
    "FileAnalysis",
    "InputSizes",
    "Layer",
    "LayerCall",
    "Model",
    "Note",
    "Occurrence",
    "Place",
    "UnknownPart",
    "WindowCall",
]
