"""What the fix of each rule makes of a file, beyond what `test_fixing.py` holds of all."""

from __future__ import annotations

from tests.unit.test_fixing import fixing

KERAS = "import keras\nfrom keras import layers\n\n"


def after(text: str, *, unsafe: bool = False) -> str:
    data = fixing(text, unsafe=unsafe).changed.get("net.py")
    return text if data is None else data.decode()


def test_a_number_becomes_a_shape() -> None:
    text = KERAS + (
        "size = 100\n"
        "layered = keras.Sequential([layers.Dense(4, input_shape=(100))])\n"
        "spaced = keras.Input(shape = ( 28 ))  # a comment\n"
        "named = keras.Input(shape=size)\n"
        "first = keras.Input((28))\n"
        "computed = keras.Sequential([layers.Input(shape=(2*50)), layers.Dense(3)])\n"
    )
    wanted = text.replace("input_shape=(100)", "input_shape=(100,)").replace("shape = ( 28 )", "shape = (28,)")
    wanted = wanted.replace("shape=size", "shape=(size,)").replace("Input((28))", "Input((28,))").replace("(2*50)", "(2*50,)")
    assert after(text) == wanted
