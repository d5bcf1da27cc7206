"""The abstract values that the interpreter computes with."""

from cnnlint.values.base import MISSING, Mutable, Value, birth
from cnnlint.values.containers import DictValue, FrameworkNumber, FrameworkTuple, IteratorValue, ListValue, SetValue, SliceValue
from cnnlint.values.objects import (
    BoundMethod,
    ClassMethod,
    ClassValue,
    FrameworkNamespace,
    FunctionValue,
    Instance,
    ModuleValue,
    NativeFunction,
    NoLinearisation,
    PartialValue,
    PropertyValue,
    Scope,
    StaticMethod,
    SuperValue,
)
from cnnlint.values.tensor import ELSEWHERE, Tensor
from cnnlint.values.unknown import MOST_ALTERNATIVES, Alternative, Assumption, Choice, Unknown, contradicts

__all__ = [
    "ELSEWHERE",
    "MISSING",
    "MOST_ALTERNATIVES",
    "Alternative",
    "Assumption",
    "BoundMethod",
    "Choice",
    "ClassMethod",
    "ClassValue",
    "DictValue",
    "FrameworkNamespace",
    "FrameworkNumber",
    "FrameworkTuple",
    "FunctionValue",
    "Instance",
    "IteratorValue",
    "ListValue",
    "ModuleValue",
    "Mutable",
    "NativeFunction",
    "NoLinearisation",
    "PartialValue",
    "PropertyValue",
    "Scope",
    "SetValue",
    "SliceValue",
    "StaticMethod",
    "SuperValue",
    "Tensor",
    "Unknown",
    "Value",
    "birth",
    "contradicts",
]
