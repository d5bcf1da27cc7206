import keras
from keras import layers

model = keras.Sequential([keras.Input((64, 64, 3)), layers.Conv2D(8, 3), layers.MaxPooling2D(2), layers.Conv2D(8, 3)])  #~ CNN412 "each output of `model` depends on at most 8x8 of 64x64 pixels of its input"

# the nearest harmless neighbour: all is mixed
pooled = keras.Sequential([keras.Input((64, 64, 3)), layers.Conv2D(8, 3), layers.GlobalMaxPooling2D()])
