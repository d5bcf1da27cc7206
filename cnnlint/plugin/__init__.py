"""All that a plugin author needs: what a framework, a layer, an operation, a rule and a reporter are.

Names are imported when they are first used: `cnnlint explain` needs rules and pays for no layer.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.diagnostics import Edit, Fix
    from cnnlint.dims import (
        CountMismatch,
        Dim,
        Dims,
        Expression,
        NotBroadcastable,
        Shape,
        at_least,
        broadcast,
        ceil,
        compare,
        differ,
        divisible,
        equal,
        every,
        floor,
        greater,
        is_float,
        maximum,
        minimum,
        opaque,
        product,
        reshape,
        some,
        substitute,
        symbol,
        symbols,
        truncate,
        unknown_size,
        where,
    )
    from cnnlint.failures import (
        ArgumentFailure,
        AxisOutOfRange,
        BaseNotInitialised,
        ChannelMismatch,
        ConcatenationMismatch,
        ContainerCalled,
        DeviceMismatch,
        DropoutProbability,
        DtypeMismatch,
        EinsumMismatch,
        EmptyOutput,
        FeatureMismatch,
        FloatSize,
        ForwardMissing,
        GroupsNotDividing,
        HeadsNotDividing,
        InvalidArgument,
        LayerFailure,
        MatmulMismatch,
        MissingArgument,
        NormMismatch,
        OperationFails,
        OutputPaddingTooLarge,
        PoolPaddingTooLarge,
        ReshapeCount,
        SamePaddingWithStride,
        ShuffleNotDividing,
        Unbroadcastable,
        UnknownArgument,
        WrongRank,
    )
    from cnnlint.oddities import (
        BatchSwallowed,
        BceWithoutSigmoid,
        BiasBeforeNorm,
        Checkerboard,
        DeadArgument,
        DoubleSoftmax,
        DropoutBeforeBatchNorm,
        EvenKernelWithSame,
        FixedBatchSize,
        LinearWithoutActivation,
        NllWithoutLogSoftmax,
        Oddity,
        SigmoidBeforeBceWithLogits,
        SilentBroadcast,
        SoftmaxBeforeCrossEntropy,
        SoftmaxOverBatchAxis,
        SoftmaxOverOneUnit,
    )
    from cnnlint.plugin.budget_report import BudgetReport, BudgetReporter
    from cnnlint.plugin.diff_report import DiffReport, DiffReporter
    from cnnlint.plugin.discovered import classes_below
    from cnnlint.plugin.expect import expect_at_least, expect_divisible, expect_equal, expect_multiple, expect_rank, expect_that
    from cnnlint.plugin.framework import Built, Framework, LayerDeclaration
    from cnnlint.plugin.hooks import hookimpl
    from cnnlint.plugin.modules import declare_modules
    from cnnlint.plugin.native import Convention, Door
    from cnnlint.plugin.operation import (
        Operation,
        Rank,
        Requirement,
        Result,
        Undetermined,
        as_dim,
        current_work,
        remark,
        tensors_within,
    )
    from cnnlint.plugin.registry import Registry
    from cnnlint.plugin.reporter import CheckReport, CheckReporter, Printing, Reporter, SummaryReport, SummaryReporter
    from cnnlint.plugin.rule import FailureRule, Finding, Rule
    from cnnlint.plugin.window import Window
    from cnnlint.values import (
        ELSEWHERE,
        MISSING,
        Alternative,
        BoundMethod,
        Choice,
        ClassValue,
        DictValue,
        FrameworkNumber,
        FrameworkTuple,
        FunctionValue,
        Instance,
        IteratorValue,
        ListValue,
        NativeFunction,
        SetValue,
        SliceValue,
        Tensor,
        Unknown,
        Value,
    )

_MODULES = {
    "cnnlint.dims": (
        "CountMismatch Dim Dims Expression NotBroadcastable Shape at_least broadcast ceil compare differ divisible equal "
        "every floor greater is_float maximum minimum opaque product reshape some substitute symbol symbols truncate "
        "unknown_size where"
    ),
    "cnnlint.diagnostics": "Edit Fix",
    "cnnlint.failures": (
        "ArgumentFailure AxisOutOfRange BaseNotInitialised ChannelMismatch ConcatenationMismatch ContainerCalled "
        "DeviceMismatch DropoutProbability DtypeMismatch EinsumMismatch EmptyOutput FeatureMismatch FloatSize "
        "ForwardMissing GroupsNotDividing HeadsNotDividing InvalidArgument LayerFailure MatmulMismatch MissingArgument "
        "NormMismatch OperationFails OutputPaddingTooLarge PoolPaddingTooLarge ReshapeCount SamePaddingWithStride "
        "ShuffleNotDividing Unbroadcastable UnknownArgument WrongRank"
    ),
    "cnnlint.plugin.budget_report": "BudgetReport BudgetReporter",
    "cnnlint.plugin.diff_report": "DiffReport DiffReporter",
    "cnnlint.oddities": (
        "BatchSwallowed BceWithoutSigmoid BiasBeforeNorm Checkerboard DeadArgument DoubleSoftmax DropoutBeforeBatchNorm "
        "EvenKernelWithSame FixedBatchSize LinearWithoutActivation NllWithoutLogSoftmax Oddity SigmoidBeforeBceWithLogits "
        "SilentBroadcast SoftmaxBeforeCrossEntropy SoftmaxOverBatchAxis SoftmaxOverOneUnit"
    ),
    "cnnlint.plugin.discovered": "classes_below",
    "cnnlint.plugin.expect": "expect_at_least expect_divisible expect_equal expect_multiple expect_rank expect_that",
    "cnnlint.plugin.framework": "Built Framework LayerDeclaration",
    "cnnlint.plugin.hooks": "hookimpl",
    "cnnlint.plugin.modules": "declare_modules",
    "cnnlint.plugin.native": "Convention Door",
    "cnnlint.plugin.operation": "Operation Rank Requirement Result Undetermined as_dim current_work remark tensors_within",
    "cnnlint.plugin.registry": "Registry",
    "cnnlint.plugin.reporter": "CheckReport CheckReporter Printing Reporter SummaryReport SummaryReporter",
    "cnnlint.plugin.rule": "FailureRule Finding Rule",
    "cnnlint.plugin.window": "Window",
    "cnnlint.values": (
        "Alternative BoundMethod Choice ClassValue DictValue ELSEWHERE FrameworkNumber FrameworkTuple FunctionValue "
        "Instance IteratorValue ListValue MISSING NativeFunction SetValue SliceValue Tensor Unknown Value"
    ),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "ELSEWHERE",
    "MISSING",
    "Alternative",
    "ArgumentFailure",
    "AxisOutOfRange",
    "BaseNotInitialised",
    "BatchSwallowed",
    "BceWithoutSigmoid",
    "BiasBeforeNorm",
    "BoundMethod",
    "BudgetReport",
    "BudgetReporter",
    "Built",
    "ChannelMismatch",
    "CheckReport",
    "CheckReporter",
    "Checkerboard",
    "Choice",
    "ClassValue",
    "ConcatenationMismatch",
    "ContainerCalled",
    "Convention",
    "CountMismatch",
    "DeadArgument",
    "DeviceMismatch",
    "DictValue",
    "DiffReport",
    "DiffReporter",
    "Dim",
    "Dims",
    "Door",
    "DoubleSoftmax",
    "DropoutBeforeBatchNorm",
    "DropoutProbability",
    "DtypeMismatch",
    "Edit",
    "EinsumMismatch",
    "EmptyOutput",
    "EvenKernelWithSame",
    "Expression",
    "FailureRule",
    "FeatureMismatch",
    "Finding",
    "Fix",
    "FixedBatchSize",
    "FloatSize",
    "ForwardMissing",
    "Framework",
    "FrameworkNumber",
    "FrameworkTuple",
    "FunctionValue",
    "GroupsNotDividing",
    "HeadsNotDividing",
    "Instance",
    "InvalidArgument",
    "IteratorValue",
    "LayerDeclaration",
    "LayerFailure",
    "LinearWithoutActivation",
    "ListValue",
    "MatmulMismatch",
    "MissingArgument",
    "NativeFunction",
    "NllWithoutLogSoftmax",
    "NormMismatch",
    "NotBroadcastable",
    "Oddity",
    "Operation",
    "OperationFails",
    "OutputPaddingTooLarge",
    "PoolPaddingTooLarge",
    "Printing",
    "Rank",
    "Registry",
    "Reporter",
    "Requirement",
    "ReshapeCount",
    "Result",
    "Rule",
    "SamePaddingWithStride",
    "SetValue",
    "Shape",
    "ShuffleNotDividing",
    "SigmoidBeforeBceWithLogits",
    "SilentBroadcast",
    "SliceValue",
    "SoftmaxBeforeCrossEntropy",
    "SoftmaxOverBatchAxis",
    "SoftmaxOverOneUnit",
    "SummaryReport",
    "SummaryReporter",
    "Tensor",
    "Unbroadcastable",
    "Undetermined",
    "Unknown",
    "UnknownArgument",
    "Value",
    "Window",
    "WrongRank",
    "as_dim",
    "at_least",
    "broadcast",
    "ceil",
    "classes_below",
    "compare",
    "current_work",
    "declare_modules",
    "differ",
    "divisible",
    "equal",
    "every",
    "expect_at_least",
    "expect_divisible",
    "expect_equal",
    "expect_multiple",
    "expect_rank",
    "expect_that",
    "floor",
    "greater",
    "hookimpl",
    "is_float",
    "maximum",
    "minimum",
    "opaque",
    "product",
    "remark",
    "reshape",
    "some",
    "substitute",
    "symbol",
    "symbols",
    "tensors_within",
    "truncate",
    "unknown_size",
    "where",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value
