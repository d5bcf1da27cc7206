"""The marker that a plugin puts on its hooks; what each hook returns stands in `cnnlint/hookspecs.py`."""

import pluggy

hookimpl = pluggy.HookimplMarker("cnnlint")
