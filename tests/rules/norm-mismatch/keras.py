import keras
from keras import layers

norm = layers.BatchNormalization()
first = norm(keras.Input((8, 8, 16)))
second = norm(keras.Input((8, 8, 32)))  #~ CNN203 "`norm` normalises 16 channels, but gets 32"

# the nearest harmless neighbour: other sizes, the same channels
third = norm(keras.Input((4, 4, 16)))

layer_norm = layers.LayerNormalization()
layer_norm(keras.Input((10, 64)))
layer_norm(keras.Input((10, 65)))  #~ CNN203 "`layer_norm` normalises 64 channels, but gets 65"
