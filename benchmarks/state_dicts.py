"""How many torchvision models' state dicts cnnlint states exactly: every key, every shape, in order, from the sources alone.

    python benchmarks/state_dicts.py record TABLE        with torch and torchvision installed; builds each model once
    python benchmarks/state_dicts.py compare TABLE SOURCES

SOURCES is the folder that holds the unpacked package, which is never imported.
"""

from __future__ import annotations

import json
import pathlib
import sys

# What each family's builders need, so that they fetch no weights and take no time over them.
ARGUMENTS = {
    "weights_backbone=None": ("rcnn", "ssd", "retinanet", "fcos", "deeplab", "fcn", "lraspp"),
    "init_weights=False": ("googlenet", "inception"),
}


def arguments_of(name: str) -> list[str]:
    return ["weights=None", *(text for text, parts in ARGUMENTS.items() if any(part in name for part in parts))]


def record(table: pathlib.Path) -> None:
    """Writes the state dicts of torchvision's models for classification, segmentation, detection and video."""
    import torchvision

    models = torchvision.models
    found = {}
    for module in (models, models.segmentation, models.detection, models.video):
        for name in models.list_models(module=module):
            keywords = {
                text.partition("=")[0]: json.loads(text.partition("=")[2].replace("None", "null").lower()) for text in arguments_of(name)
            }
            state = models.get_model(name, **keywords).state_dict()
            found[f"{models.get_model_builder(name).__module__}::{name}"] = [[key, list(tensor.shape)] for key, tensor in state.items()]
    table.write_text(json.dumps(found), encoding="utf-8")
    print(f"{len(found)} models")


def compare(table: pathlib.Path, sources: pathlib.Path) -> None:
    """Prints what differs, and how many models agree."""
    from cnnlint.engine import Run
    from cnnlint.registry import load_registry
    from cnnlint.source import on_large_stack
    from cnnlint.targets import parse_target

    registry = load_registry(print)
    recorded = json.loads(table.read_text(encoding="utf-8"))

    def agreeing() -> int:
        analyser = Run(registry, registry.rules, (sources,)).analyser()
        agree = 0
        for target, state in recorded.items():
            (model,) = analyser.summarise(parse_target(f"{target}({', '.join(arguments_of(target))})"), ())
            stated = [[entry.name, list(entry.shape)] for entry in model.state]
            agree += stated == state
            if stated != state:
                print(f"{target}: {next((pair for pair in zip(stated, state, strict=False) if pair[0] != pair[1]), 'other lengths')}")
        return agree

    print(f"{on_large_stack(agreeing)} of {len(recorded)} state dicts agree, {sum(map(len, recorded.values())):,} tensors in all")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["record", table]:
            record(pathlib.Path(table))
        case ["compare", table, sources]:
            compare(pathlib.Path(table), pathlib.Path(sources))
        case _:
            sys.exit(__doc__)
