import keras
from keras import layers

first = keras.Sequential([layers.Dense(4, input_shape=(100))])  #~ CNN351 "`layers.Dense`: `input_shape` must be a tuple of sizes, but is the number 100"
second = keras.Input(shape=(100))  #~ CNN351 "`keras.Input`: `shape` must be a tuple of sizes, but is the number 100"
third = keras.Input(shape=(100))  # cnnlint: ignore[CNN351]

# neighbours: a tuple, a list, a layer that begins no model and whose shape nobody reads
good = keras.Input(shape=(100,))
listed = keras.Input(shape=[100])
lone = layers.Dense(4, input_shape=(100))
unknown = keras.Input(shape=eval("100"))
