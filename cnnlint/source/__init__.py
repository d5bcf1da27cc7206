"""Source text, and what it says: from a path to ir. The only package that knows libcst, which it imports on first use."""

from cnnlint.source.cache import IrCache, usual_folder
from cnnlint.source.cut import TopStatement, cut
from cnnlint.source.depth import on_large_stack
from cnnlint.source.directives import Comment, Directive, comments, directives
from cnnlint.source.left_out import LEFT_OUT
from cnnlint.source.lowering import lower, lower_part
from cnnlint.source.notebook import decode_notebook, encode_notebook
from cnnlint.source.reading import NOTEBOOK, decode_file, read_source
from cnnlint.source.stated import (
    StatedError,
    StatedInput,
    StatedLimit,
    StatedShape,
    parse_budget,
    parse_input_option,
    parse_inputs,
    parse_outputs,
    parse_percentage,
    parse_quantity,
    parse_rules,
    parse_shape,
    parse_sizes_option,
)
from cnnlint.source.stated_dims import StatedDims, parse_dims
from cnnlint.source.text import MAX_FILE_SIZE, NotAnalysed, SourceText, decode

__all__ = [
    "LEFT_OUT",
    "MAX_FILE_SIZE",
    "NOTEBOOK",
    "Comment",
    "Directive",
    "IrCache",
    "NotAnalysed",
    "SourceText",
    "StatedDims",
    "StatedError",
    "StatedInput",
    "StatedLimit",
    "StatedShape",
    "TopStatement",
    "comments",
    "cut",
    "decode",
    "decode_file",
    "decode_notebook",
    "directives",
    "encode_notebook",
    "lower",
    "lower_part",
    "on_large_stack",
    "parse_budget",
    "parse_dims",
    "parse_input_option",
    "parse_inputs",
    "parse_outputs",
    "parse_percentage",
    "parse_quantity",
    "parse_rules",
    "parse_shape",
    "parse_sizes_option",
    "read_source",
    "usual_folder",
]
