"""The order of axes that held when a layer was made is its own for good."""

import keras
from keras import backend, layers

backend.set_image_data_format("channels_first")
model = keras.Sequential()  #= total params=387 macs=257164
model.add(layers.Conv2D(8, (5, 5), input_shape=(1, 28, 28), padding="same"))  #= (None, 8, 28, 28)
model.add(layers.BatchNormalization(axis=1))  #= (None, 8, 28, 28)
model.add(layers.Conv2DTranspose(4, 2, strides=2))  #= (None, 4, 56, 56)
model.add(layers.ZeroPadding2D(((1, 2), (3, 4))))  #= (None, 4, 59, 63)
model.add(layers.GlobalMaxPool2D())  #= (None, 4)
model.add(layers.Dense(3))  #= (None, 3)
backend.set_image_data_format("channels_last")

after = keras.Sequential([layers.Conv2D(8, 3)])  #= (None, 26, 26, 8) params=80
after.build((None, 28, 28, 1))
