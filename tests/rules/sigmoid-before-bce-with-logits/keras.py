import keras
from keras import layers, ops


def build(activation):
    return keras.Sequential([keras.Input((64,)), layers.Dense(1, activation=activation)])


first, second = build("sigmoid"), build(keras.activations.sigmoid)
first.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))  #~ CNN602 "`BinaryCrossentropy(from_logits=True)` takes the sigmoid of its input itself, but gets the output of a sigmoid"
second.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))  #~ CNN602 "`BinaryCrossentropy(from_logits=True)` takes the sigmoid"
first.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))  # cnnlint: ignore[sigmoid-before-bce-with-logits]

# neighbours
build("sigmoid").compile(loss="binary_crossentropy")
build(None).compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))
build("tanh").compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))

# not known
build(eval("None")).compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))


@keras.saving.register_keras_serializable()
def squash(x):
    return ops.sigmoid(x) * 2 - 1


build(squash).compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))
