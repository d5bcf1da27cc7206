"""What rules, the summary and the editor see of an analysed file: models, their layers and layer calls, and proven failures."""

from cnnlint.graph.input_sizes import InputSizes
from cnnlint.graph.memory import Memory, bytes_of_weights, for_one, memory_of
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
from cnnlint.graph.trace import Step, Trace, TracedTensor

__all__ = [
    "BUDGET_KEYS",
    "BlockCall",
    "Budget",
    "Declared",
    "FileAnalysis",
    "InputSizes",
    "Layer",
    "LayerCall",
    "Memory",
    "Model",
    "Note",
    "Occurrence",
    "Place",
    "StateEntry",
    "Step",
    "Trace",
    "TracedTensor",
    "UnknownPart",
    "WindowCall",
    "budget_of",
    "bytes_of_weights",
    "for_one",
    "memory_of",
]
