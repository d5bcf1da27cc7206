"""A residual sum whose branches have different numbers of channels."""

import keras
from keras import layers

inputs = keras.Input(shape=(32, 32, 3))
x = layers.Conv2D(32, 3, padding="same", activation="relu")(inputs)
block_1 = layers.MaxPooling2D(2)(x)

x = layers.Conv2D(64, 3, padding="same", activation="relu")(block_1)
x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
block_2 = layers.add([x, block_1])  #~ CNN204 "`add` can't broadcast (16, 16, 64) with (16, 16, 32): axis -1 is 64 on the left, 32 on the right, and neither is 1"

x = layers.GlobalAveragePooling2D()(block_2)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs)
