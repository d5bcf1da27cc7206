"""Bytes of activations against what PyTorch allocates: `python benchmarks/memory.py RECORDED TABLE SOURCES`.

RECORDED is what `record_memory.py --zoo TABLE` printed; SOURCES the folder that holds the unpacked package. Prints each model that
differs, how many agree, and the seconds that analysis, bytes and receptive fields took.
"""

from __future__ import annotations

import json
import pathlib
import sys
import time

from cnnlint.graph import memory_of, receptive_fields
from cnnlint.interpreter import Analyser, Target
from cnnlint.registry import load_registry
from cnnlint.source import StatedInput, StatedShape, on_large_stack


def main() -> None:
    recorded, table = (json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["entries"] for path in sys.argv[1:3])
    analyser = Analyser(load_registry(print), (pathlib.Path(sys.argv[3]),))
    equal = 0
    seconds = {"analysis": 0.0, "bytes": 0.0, "receptive fields": 0.0}
    for name, expected in recorded.items():
        module, _, function = table[name]["builder"].rpartition(".")
        given = ", ".join(f"{key}={value!r}" for key, value in table[name]["kwargs"].items())
        inputs = tuple(StatedInput(None, StatedShape(tuple(shape), None)) for shape in table[name]["input"])
        times = [time.process_time()]
        (model,) = analyser.summarise(Target(name, None, module, f"{function}({given})"), inputs)
        times.append(time.process_time())
        memory = memory_of(model)
        times.append(time.process_time())
        receptive_fields(model.trace, len(model.calls))
        times.append(time.process_time())
        for key, start, end in zip(seconds, times, times[1:], strict=False):
            seconds[key] += end - start
        found = {"total": memory.total, "peak": memory.peak}
        if found == expected and memory.is_exact:
            equal += 1
        else:
            print(f"{name}: {found}{'' if memory.is_exact else ' at least'} for {expected}")
    print(f"{equal} of {len(recorded)} agree to the byte; {', '.join(f'{key} {value:.2f} s' for key, value in seconds.items())}")


if __name__ == "__main__":
    on_large_stack(main)
