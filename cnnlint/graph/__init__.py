"""What rules, the summary and the editor see of an analysed file: models, their layers and layer calls, and proven failures."""

from cnnlint.graph.budget import (
    Budget,
    Device,
    Limit,
    LimitException,
    Recorded,
    RecordedLayer,
)
from cnnlint.graph.figures import Figure, figures_of, largest_layer, layer_costs
from cnnlint.graph.input_sizes import InputSizes, Sample
from cnnlint.graph.memory import Memory, bytes_of_weights, for_one, memory_of
from cnnlint.graph.model import (
    BlockCall,
    Declared,
    FileAnalysis,
    Layer,
    LayerCall,
    Model,
    Note,
    Occurrence,
    Place,
    StateEntry,
    Unbuilt,
    UnknownPart,
    WindowCall,
)
from cnnlint.graph.origins import ArgumentOrigin, AxisOrigin, Explanation, Origin
from cnnlint.graph.places import with_places
from cnnlint.graph.receptive_field import ReceptiveField, ReceptiveFields, receptive_fields
from cnnlint.graph.trace import Step, Trace, TracedTensor
from cnnlint.graph.written import Written, WrittenArgument, WrittenBody, WrittenCall, WrittenChange, WrittenFactor, WrittenValue

__all__ = [
    "ArgumentOrigin",
    "AxisOrigin",
    "BlockCall",
    "Budget",
    "Declared",
    "Device",
    "Explanation",
    "Figure",
    "FileAnalysis",
    "InputSizes",
    "Layer",
    "LayerCall",
    "Limit",
    "LimitException",
    "Memory",
    "Model",
    "Note",
    "Occurrence",
    "Origin",
    "Place",
    "ReceptiveField",
    "ReceptiveFields",
    "Recorded",
    "RecordedLayer",
    "Sample",
    "StateEntry",
    "Step",
    "Trace",
    "TracedTensor",
    "Unbuilt",
    "UnknownPart",
    "WindowCall",
    "Written",
    "WrittenArgument",
    "WrittenBody",
    "WrittenCall",
    "WrittenChange",
    "WrittenFactor",
    "WrittenValue",
    "bytes_of_weights",
    "figures_of",
    "for_one",
    "largest_layer",
    "layer_costs",
    "memory_of",
    "receptive_fields",
    "with_places",
]
