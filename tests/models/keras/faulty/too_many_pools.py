"""One pool too many: nothing is left for the last convolution."""

import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input(shape=(32, 32, 3)))
model.add(layers.Conv2D(32, (3, 3), activation="relu"))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation="relu"))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (5, 5), activation="relu"))  #~ CNN104 "`conv2d_2`: (3 - 5 + 2*0) / 1 + 1 leaves a size of -1; it must be at least 1"
model.add(layers.Flatten())
model.add(layers.Dense(10))
