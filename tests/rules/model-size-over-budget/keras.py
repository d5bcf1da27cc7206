import keras
from keras import layers

model = keras.Sequential([keras.Input((100,)), layers.Dense(100)])  # cnnlint: budget(model-size=32KiB)  #~ CNN407 "`model` has weights of 39.5 KiB (40,400 bytes) in float32, but a budget of 32 KiB"

# the nearest harmless neighbour: half of the bytes
half = keras.Sequential([keras.Input((100,)), layers.Dense(100)])  # cnnlint: budget(model-size=32KiB, weights=float16)
