"""What reading costs: libcst's parse, our walk, the check of depth and the cut, as ratios of one run.

Usage: python benchmarks/frontend.py [folder]; without a folder, libcst's own package.
"""

from __future__ import annotations

import dataclasses
import gc
import pathlib
import sys
import time
from typing import Any

import libcst

from cnnlint.source import NotAnalysed, SourceText, cut, ir, lower, on_large_stack, read_source
from cnnlint.source.depth import check_depth


def node_count(module: ir.Module) -> int:
    """How many nodes of ir a module has."""
    count = 0
    pending: list[Any] = [module]
    while pending:
        item = pending.pop()
        if isinstance(item, ir.Node):
            count += 1
            pending += [getattr(item, field.name) for field in dataclasses.fields(item)]
        elif isinstance(item, tuple):
            pending += item
    return count


def measure(folder: pathlib.Path) -> None:
    """Print the figures for every Python file below `folder`."""
    sources: list[SourceText] = []
    for path in sorted(folder.rglob("*.py")):
        try:
            source = read_source(path, path.name)
            lower(source)
        except NotAnalysed as error:
            print(f"left out: {error}", file=sys.stderr)
        else:
            sources.append(source)
    parse = whole = depth = cutting = 0.0
    lines = nodes = 0
    gc.disable()
    for source in sources:
        start = time.process_time()
        libcst.parse_module(source.text)
        parsed = time.process_time()
        check_depth(source.path, source.text)
        checked = time.process_time()
        module = lower(source)
        lowered = time.process_time()
        cut(source)
        cutting += time.process_time() - lowered
        parse += parsed - start
        depth += checked - parsed
        whole += lowered - checked
        lines += len(source.line_starts) - 1
        nodes += node_count(module)
        gc.collect()
    walk = whole - parse - depth
    print(f"{len(sources)} files, {lines:,} lines, {nodes:,} nodes")
    print(f"parse   {parse:7.2f} s   1.00   {lines / parse:9,.0f} lines/s")
    for name, seconds in (("walk", walk), ("depth", depth), ("cut", cutting), ("lower", whole)):
        print(f"{name:<7} {seconds:7.2f} s   {seconds / parse:.2f}   {lines / seconds:9,.0f} lines/s")


if __name__ == "__main__":
    given = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(libcst.__file__).parent
    on_large_stack(lambda: measure(given))
